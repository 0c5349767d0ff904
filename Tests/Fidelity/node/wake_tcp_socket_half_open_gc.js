// One half is closed, the other ends when a collection was observed.
const net = require("node:net");
const { PerformanceObserver } = require("node:perf_hooks");
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.resume().on("end", () => {
    console.log("first half", socket.readyState);
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      socket.end("second half");
      server.close();
    });
    observer.observe({ type: "gc" });
    gc();
  });
}).listen(0, "127.0.0.1", () => {
  const client = net.connect(server.address().port, "127.0.0.1");
  client.end();
  client.setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => console.log("closed"));
});
