// A WeakRef keeps its target until the turn ends; the wake-up comes in a later one.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
let weak;
const registry = new FinalizationRegistry(() => {
  console.log("finalised", weak.deref());
  clearTimeout(late);
});
(() => {
  const target = { big: new Array(5000).fill(1) };
  weak = new WeakRef(target);
  registry.register(target, 0);
})();
gc();
console.log("same turn", weak.deref() !== undefined);
setTimeout(() => {
  gc();
  console.log("later turn", weak.deref());
}, 3);
