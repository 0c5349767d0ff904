const fs = require("node:fs");
console.log(fs.readFileSync("/proc/self/comm", "utf8").trim(), fs.readFileSync("/proc/thread-self/comm", "utf8").trim());
console.log(fs.readlinkSync("/proc/self"), fs.readlinkSync("/proc/thread-self"));
