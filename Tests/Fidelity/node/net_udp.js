const dgram = require("node:dgram");
const server = dgram.createSocket("udp4");
server.on("message", (message, { address }) => {
  console.log(String(message), address);
  server.close(() => console.log("closed"));
});
server.bind(0, "127.0.0.1", () => {
  const client = dgram.createSocket("udp4");
  client.send("datagram", server.address().port, "127.0.0.1", (error, bytes) => { console.log(error, bytes); client.close(); });
});
