// What comes in over the socket notifies; the waiting one answers over the same socket.
const net = require("node:net");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = net.createServer((socket) => {
  Atomics.waitAsync(cell, 0, 0).value.then((how) => socket.end("was woken: " + how));
  socket.on("data", (text) => {
    Atomics.store(cell, 0, 1);
    console.log("received", String(text), Atomics.notify(cell, 0));
  });
}).listen("\0wake", () => {
  const client = net.connect("\0wake", () => client.write("wake"));
  client.setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => server.close(() => console.log("closed")));
});
