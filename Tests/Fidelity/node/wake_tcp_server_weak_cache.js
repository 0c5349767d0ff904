// A cache of weak references that forgets by finalizers, behind a server that answers from it.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const net = require("node:net");
const cache = new Map();
const registry = new FinalizationRegistry((key) => {
  cache.delete(key);
  if (cache.size === 1) ask();
});
const strong = {};
function put(key, value) {
  cache.set(key, new WeakRef(value));
  registry.register(value, key);
  return value;
}
const server = net.createServer((socket) => socket.end([...cache.keys()].join())).listen(0, "127.0.0.1", () => {
  strong.kept = put("kept", { v: 1 });
  (() => ["a", "b", "c"].forEach((key) => put(key, { key })))();
  console.log(cache.size);
  setImmediate(() => setImmediate(gc));
});
function ask() {
  net.connect(server.address().port, "127.0.0.1").setEncoding("utf8").on("data", (keys) => console.log(keys, cache.get("kept").deref() === strong.kept)).on("close", () => server.close());
}
