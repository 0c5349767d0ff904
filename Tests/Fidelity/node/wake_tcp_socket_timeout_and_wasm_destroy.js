// A socket has a time-out that is far away; the wake-up destroys it with an error.
const net = require("node:net");
const server = net.createServer((socket) => socket.on("error", () => {}).on("close", () => server.close(() => console.log("server closed")))).listen(0, "127.0.0.1", () => {
  const socket = net.connect(server.address().port, "127.0.0.1", () => {
    WebAssembly.compile(new Uint8Array(2)).catch((error) => socket.destroy(error));
  });
  socket.setTimeout(4000, () => { console.log("slept through"); process.exit(1); });
  socket.on("error", (error) => console.log("error", error.name));
  socket.on("close", (hadError) => console.log("closed", hadError, socket.destroyed, socket.timeout));
});
