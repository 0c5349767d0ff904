const fs = require("node:fs");
fs.writeSync(1, "by descriptor\n");
console.log("by console");
fs.writeFileSync("/dev/stdout", "by device\n");
fs.appendFileSync("/proc/self/fd/2", "by proc\n");
fs.write(1, "by callback\n", () => console.log("last"));
process._rawDebug("raw", { a: 1 });
