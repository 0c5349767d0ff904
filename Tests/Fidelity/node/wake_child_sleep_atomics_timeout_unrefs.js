// Nothing is killed: the child is only let go of.
const { spawn } = require("node:child_process");
const cell = new Int32Array(new SharedArrayBuffer(4));
const child = spawn("sleep", ["4"], { stdio: "ignore", detached: true });
child.on("exit", () => console.log("never"));
process.on("exit", (code) => {
  console.log("exit", code, child.exitCode);
  process.kill(child.pid, "SIGKILL");
});
Atomics.waitAsync(cell, 0, 0, 10).value.then((how) => {
  console.log(how);
  child.unref();
});
