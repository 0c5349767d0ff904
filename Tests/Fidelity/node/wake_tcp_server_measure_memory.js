// The connection that comes in afterwards is served as ever.
process.removeAllListeners("warning");
const net = require("node:net");
const server = net.createServer((socket) => socket.end("served")).listen(0, "127.0.0.1");
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000).unref();
require("node:vm").measureMemory({ execution: "eager" }).then(({ total }) => {
  console.log(total.jsMemoryRange[0] <= total.jsMemoryRange[1]);
  net.connect(server.address().port, "127.0.0.1").setEncoding("utf8").on("data", console.log).on("close", () => server.close());
});
server.on("close", () => console.log("closed"));
