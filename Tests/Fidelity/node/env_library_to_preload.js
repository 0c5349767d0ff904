// The job's own LD_PRELOAD is as it was, and in force.
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
console.log(process.env.LD_PRELOAD, process.env.CODEBOX_MODE);
console.log(/libresolv/.test(readFileSync("/proc/self/maps", "utf8")));
console.log(execFileSync("sh", ["-c", "echo $LD_PRELOAD; grep -c libresolv /proc/self/maps >/dev/null && echo in"], { encoding: "utf8" }));
