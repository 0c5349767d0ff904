const net = require("node:net");
const server = net.createServer((socket) => socket.pipe(socket)).listen({ port: 0, host: "::1" }, () => {
  const { port, family, address } = server.address();
  console.log(family, address, port > 0);
  const client = net.connect(port, "::1");
  let bytes = 0;
  client.on("data", (data) => { bytes += data.length; });
  client.on("end", () => { console.log(bytes, client.bytesWritten); server.close(() => console.log("closed")); });
  client.end(Buffer.alloc(1 << 20));
});
net.connect(1, "127.0.0.1").on("error", (error) => console.log(error.code, error.address, error.port));
