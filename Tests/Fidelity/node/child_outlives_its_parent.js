const { spawn } = require("node:child_process");
const child = spawn("sh", ["-c", "sleep 0.05; echo > /workspace/done"], { detached: true, stdio: "ignore" });
child.unref();
console.log("leaving a child behind");
