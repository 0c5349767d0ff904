// Two bound sockets, each closed by a wait that runs out, the later one first made.
const { createSocket } = require("node:dgram");
const cells = new Int32Array(new SharedArrayBuffer(8));
for (const [index, time] of [[0, 150], [1, 5]]) {
  const socket = createSocket({ type: "udp4", reuseAddr: true }).bind(0, "127.0.0.1");
  socket.once("listening", () => {
    Atomics.waitAsync(cells, index, 0, time).value.then((how) => socket.close(() => console.log("closed", index, how)));
  });
}
