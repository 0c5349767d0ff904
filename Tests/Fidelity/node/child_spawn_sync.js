const { spawnSync } = require("node:child_process");
const { status, signal, stdout, stderr, output, error } = spawnSync("sh", ["-c", "echo a; echo b >&2; exit 4"], { encoding: "utf8" });
console.log(status, signal, stdout, stderr, output, error);
console.log(spawnSync("nothing-there").error.code, spawnSync("sh", ["-c", "kill -9 $$"]).signal);
const late = spawnSync("sleep", ["5"], { timeout: 50 });
console.log(late.error.code, late.signal, late.status);
console.log(spawnSync("head", ["-c", "300000", "/dev/zero"], { maxBuffer: 1000 }).error.code);
console.log(spawnSync("cat", { input: Buffer.alloc(300000, 97), maxBuffer: 1 << 20 }).stdout.length);
