// Two idle ends of a connection; losing an object ends one of them.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const net = require("node:net");
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  server.close();
  socket.on("data", (d) => console.log("data", String(d)));
  socket.on("end", () => { console.log("end"); socket.end(); });
  const registry = new FinalizationRegistry((held) => { console.log("finalised", held); client.end("bye"); });
  (() => registry.register(function lost() {}, "a function"))();
  setImmediate(gc);
  socket.on("close", () => registry.unregister({}));
}).listen("/tmp/pair");
const client = net.connect("/tmp/pair").on("close", () => console.log("client closed"));
