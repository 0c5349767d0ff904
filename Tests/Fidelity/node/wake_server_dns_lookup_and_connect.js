// A name is looked up in the pool, and what connects to it wakes the server.
const dns = require("node:dns");
const net = require("node:net");
const server = net.createServer((socket) => socket.end(socket.remoteAddress)).listen(0, "127.0.0.1", async () => {
  const { address, family } = await dns.promises.lookup("localhost", { family: 4 });
  console.log(address, family, await dns.promises.lookupService("127.0.0.1", 80).then(({ service }) => service));
  net.connect({ port: server.address().port, host: "localhost", family: 4 }).setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => server.close());
});
server.on("close", () => console.log("closed"));
