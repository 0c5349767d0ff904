// The socket is unreferenced and the interval is not; both go when the finalizer has run.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const socket = require("node:dgram").createSocket("udp6").unref();
const keeper = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
const registry = new FinalizationRegistry((text) => {
  console.log(text);
  clearInterval(keeper);
  socket.ref();
  setImmediate(() => socket.close(() => console.log("closed")));
});
socket.bind(0, "::1", () => {
  (() => registry.register(new ArrayBuffer(1 << 16), "buffer is gone"))();
  gc();
});
