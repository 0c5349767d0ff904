// A natural end with a code that the last wake-up has set, and handlers in order.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((code) => {
  process.exitCode = code;
  clearTimeout(late);
});
process.once("beforeExit", (code) => console.log("before exit", code, registry instanceof FinalizationRegistry));
process.once("exit", (code) => console.log("exit", code));
(() => registry.register(Object.create(null), 21))();
setImmediate(gc);
