// Input goes to a child after a wait, and back from it.
const { spawn } = require("node:child_process");
const cell = new Int32Array(new SharedArrayBuffer(4));
const child = spawn("tr", ["a-z", "A-Z"]);
child.stdout.setEncoding("utf8").on("data", (text) => console.log(text.trim()));
child.on("close", (code) => console.log("close", code));
Atomics.waitAsync(cell, 0, 0, 8).value.then((how) => {
  console.log(how);
  process.stdin.pipe(child.stdin);
});
