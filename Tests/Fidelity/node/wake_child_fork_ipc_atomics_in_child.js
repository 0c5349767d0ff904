// A child of its own interpreter: its waits and the channel alternate.
const { fork } = require("node:child_process");
if (process.argv[2]) {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  process.on("message", async (number) => {
    process.send({ number, how: await Atomics.waitAsync(cell, 0, 0, 2).value });
    if (number === 3) process.disconnect();
  });
} else {
  const child = fork(__filename, ["child"]);
  child.on("message", ({ number, how }) => {
    console.log(number, how);
    if (number < 3) child.send(number + 1);
  });
  child.on("close", (code) => console.log("close", code));
  child.send(1);
}
