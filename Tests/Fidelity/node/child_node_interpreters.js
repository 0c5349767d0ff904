const { execFileSync, spawnSync } = require("node:child_process");
console.log(execFileSync(process.execPath, ["-p", "6*7"]).toString().trim());
console.log(execFileSync(process.execPath, ["--input-type=module", "-e", "console.log(typeof require, import.meta.url.slice(0, 5))"]).toString().trim());
const { status, stderr } = spawnSync(process.execPath, ["-e", "throw new Error('in the child')"], { encoding: "utf8" });
console.log(status, stderr);
console.log(execFileSync(process.execPath, ["-"], { input: "console.log(process.argv.length)" }).toString().trim());
