// A child that has stopped itself goes on when a wait has ended.
const { spawn } = require("node:child_process");
const cell = new Int32Array(new SharedArrayBuffer(4));
const child = spawn("sh", ["-c", "echo before; kill -STOP $$; echo after; exit 6"]);
child.stdout.setEncoding("utf8").on("data", (text) => {
  console.log(text.trim());
  if (text.includes("before")) again();
});
async function again() {
  const how = await Atomics.waitAsync(cell, 0, 0, 30).value;
  if (child.exitCode === null && child.kill("SIGCONT")) cont.add(how);
  if (child.exitCode === null) again();
}
const cont = new Set();
child.on("close", (code, signal) => console.log("close", code, signal, [...cont]));
