const { fork } = require("node:child_process");
const net = require("node:net");
if (process.argv[2]) {
  process.on("message", (message, handle) => {
    if (!handle) return process.send(new Set([message.get("key")]));
    handle.end("served by the child");
    process.disconnect();
  });
} else {
  const child = fork(__filename, ["child"], { serialization: "advanced" });
  child.send(new Map([["key", 12n]]));
  child.on("message", (m) => {
    console.log(m);
    const server = net.createServer((socket) => child.send("socket", socket)).listen(0, "127.0.0.1", () => {
      net.connect(server.address().port).setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => server.close());
    });
  });
}
