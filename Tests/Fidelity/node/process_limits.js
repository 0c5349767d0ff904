const limits = require("node:fs").readFileSync("/proc/self/limits", "utf8");
for (const name of ["Max core file size", "Max stack size", "Max open files", "Max file size", "Max cpu time", "Max address space"])
  console.log(limits.split("\n").find((line) => line.startsWith(name)).replace(/\s+/g, " "));
console.log(require("node:child_process").execSync("ulimit -n; ulimit -s").toString());
