// The flags of the pipes: what node sets at its start, and when a stream is first used.
const fs = require("node:fs");
const flags = (fd) => fs.readFileSync("/proc/self/fdinfo/" + fd, "utf8").match(/flags:\s*(\d+)/)[1];
console.log(flags(0), flags(1), flags(2));
process.stdout.write("");
process.stdin.resume();
console.log(flags(0), flags(1), flags(2));
