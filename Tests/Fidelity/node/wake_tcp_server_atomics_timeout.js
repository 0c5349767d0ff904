// The limit of a wait is the only clock here; node has no timer.
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = require("node:net").createServer().listen(0, "127.0.0.1");
server.on("close", () => console.log("closed"));
Atomics.waitAsync(cell, 0, 0, 15).value
  .then((how) => console.log("first", how))
  .then(() => Atomics.waitAsync(cell, 0, 0, 15).value)
  .then((how) => {
    console.log("second", how, process.getActiveResourcesInfo().includes("TCPServerWrap"));
    server.close();
  });
