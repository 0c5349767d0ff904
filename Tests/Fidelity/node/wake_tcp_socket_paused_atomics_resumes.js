// Data is there and nobody reads it, until a wait ends.
const net = require("node:net");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = net.createServer((socket) => socket.end("unread ".repeat(3))).listen(0, "127.0.0.1", () => {
  const socket = net.connect({ port: server.address().port, host: "127.0.0.1" });
  let text = "";
  socket.on("data", (d) => { text += d; }).pause();
  socket.on("end", () => { console.log(text.trim()); server.close(); });
  socket.on("connect", () => Atomics.waitAsync(cell, 0, 0, 20).value.then((how) => {
    console.log(how, socket.isPaused(), JSON.stringify(text));
    socket.resume();
  }));
});
