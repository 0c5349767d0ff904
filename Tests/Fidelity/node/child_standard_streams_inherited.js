const { spawnSync, spawn } = require("node:child_process");
process.stdout.write("before\n");
spawnSync("sh", ["-c", "echo child out; echo child err >&2; cat"], { stdio: "inherit" });
process.stdout.write("after\n");
const child = spawn("sh", ["-c", "echo to three >&3"], { stdio: ["ignore", "inherit", 2, "pipe"] });
child.stdio[3].on("data", (data) => console.log(String(data).trim()));
