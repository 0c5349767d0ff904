// Connections are taken by an async iterator; each asks for a compilation.
const net = require("node:net");
const { on } = require("node:events");
const server = net.createServer().listen(0, "127.0.0.1", async () => {
  const connect = () => net.connect(server.address().port, "127.0.0.1").setEncoding("utf8").on("data", (t) => console.log("answer", t)).on("close", () => (count < 3 ? connect() : server.close()));
  let count = 0;
  connect();
  for await (const [socket] of on(server, "connection", { close: ["close"] })) {
    const module = await WebAssembly.compile(Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 3, 1, 110, ++count]));
    socket.end(String(new Uint8Array(WebAssembly.Module.customSections(module, "n")[0])[0]));
  }
  console.log("no more connections");
});
