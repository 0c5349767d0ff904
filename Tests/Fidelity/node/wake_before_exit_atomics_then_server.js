// A loop that ended waits in its second life on a server, and is woken there.
const net = require("node:net");
const cell = new Int32Array(new SharedArrayBuffer(4));
process.once("beforeExit", () => {
  console.log("first end");
  const server = net.createServer((socket) => socket.end("second life")).listen(0, "127.0.0.1", () => {
    Atomics.waitAsync(cell, 0, 0, 5).value.then((how) => {
      console.log(how);
      net.connect(server.address().port, "127.0.0.1").on("data", (d) => console.log(String(d))).on("close", () => server.close());
    });
  });
  process.once("beforeExit", () => console.log("second end"));
});
