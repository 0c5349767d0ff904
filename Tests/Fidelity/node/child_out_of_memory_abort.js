const { spawnSync } = require("node:child_process");
const code = "const hold = []; for (;;) hold.push(new Array(1000).fill(hold.length))";
const { status, signal, stderr } = spawnSync(process.execPath, ["--max-heap-size=24", "-e", code], { encoding: "utf8" });
console.log(status, signal, /JavaScript heap out of memory/.test(stderr));
