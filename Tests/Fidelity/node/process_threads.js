// Every thread that is started works, whatever threads the interpreter itself has.
const fs = require("node:fs");
const threads = () => fs.readdirSync("/proc/self/task").length;
const before = threads();
require("node:crypto").pbkdf2("a", "b", 1, 8, "sha1", () => {
  console.log(before >= 1, threads() >= before);
  console.log(fs.readFileSync("/proc/self/task/" + process.pid + "/comm", "utf8").trim());
});
