// Which signals are ignored and caught at the start: SIGPIPE ignored, the fatal ones default.
const fs = require("node:fs");
const status = fs.readFileSync("/proc/self/status", "utf8");
console.log(status.match(/SigIgn:.*/)[0]);
console.log(status.match(/SigCgt:.*/)[0]);
process.on("SIGUSR2", () => {});
process.on("SIGTERM", () => {});
console.log(fs.readFileSync("/proc/self/status", "utf8").match(/SigCgt:.*/)[0]);
