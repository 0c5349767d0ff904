const fs = require("node:fs");
console.log(process.title);
process.title = "renamed";
console.log(process.title, fs.readFileSync("/proc/self/comm", "utf8").trim());
// What ps shows: the title where the arguments were.
console.log(JSON.stringify(fs.readFileSync("/proc/self/cmdline", "utf8").replace(/\0+$/, "")));
console.log(fs.readdirSync("/proc/self/task").includes(String(process.pid)));
