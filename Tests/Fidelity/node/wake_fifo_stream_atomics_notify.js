// The fifo is open for reading and writing, so it never ends by itself.
const fs = require("node:fs");
require("node:child_process").execFileSync("mkfifo", ["fifo"]);
const cell = new Int32Array(new SharedArrayBuffer(4));
const stream = fs.createReadStream("fifo", { flags: "r+", encoding: "utf8" });
stream.on("data", (text) => {
  console.log("read", text);
  if (text === "last") stream.destroy();
});
stream.on("open", (fd) => {
  Atomics.waitAsync(cell, 0, 0).value.then((how) => fs.writeSync(fd, how));
  Atomics.notify(cell, 0);
  Atomics.waitAsync(cell, 0, 0, 40).value.then(() => fs.writeSync(fd, "last"));
});
stream.on("close", () => console.log("closed"));
