// What a finalizer posts comes out of the other end in a turn of its own.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { port1, port2 } = new MessageChannel();
const order = [];
port1.on("message", ({ held, buffer }) => {
  order.push("message", held, buffer.byteLength);
  port1.close(() => console.log(order.join()));
});
const registry = new FinalizationRegistry((held) => {
  order.push("finalised");
  const buffer = new ArrayBuffer(12);
  port2.postMessage({ held, buffer }, [buffer]);
  order.push(buffer.byteLength);
});
(() => registry.register(new Proxy({}, {}), "a proxy"))();
gc();
order.push("main");
