// A whole context is given up, and its finalizer is the wake-up.
require("node:v8").setFlagsFromString("--expose-gc");
const vm = require("node:vm");
const gc = vm.runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((name) => {
  console.log(name, "collected");
  clearTimeout(late);
  clearInterval(sweep);
});
(() => {
  const context = vm.createContext({});
  vm.runInContext("globalThis.list = Array.from({ length: 1000 }, (_, n) => ({ n }))", context);
  registry.register(vm.runInContext("list", context), "list of a context");
})();
const sweep = setInterval(gc, 5);
