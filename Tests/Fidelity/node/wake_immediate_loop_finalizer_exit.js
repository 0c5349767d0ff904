// Immediates again and again, with microtasks and ticks between; a finalizer ends the process.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const end = performance.now() + 4000;
const registry = new FinalizationRegistry((held) => {
  console.log("finalised", held);
  process.exit(5);
});
(() => registry.register(new WeakMap(), "a weak map"))();
let turns = 0;
setImmediate(function turn() {
  if (++turns === 3) gc();
  if (performance.now() > end) return console.log("spun in vain");
  queueMicrotask(() => process.nextTick(() => setImmediate(turn)));
});
