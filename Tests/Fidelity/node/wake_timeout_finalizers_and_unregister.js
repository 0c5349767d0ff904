// Some are unregistered before the collection; the others come in one task.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const gone = [];
const late = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((n) => {
  gone.push(n);
  if (gone.length < 6) return;
  console.log(gone.sort().join(), kept.length);
  clearTimeout(late);
});
const token = {};
const kept = [];
(() => {
  for (let n = 0; n < 10; n++) {
    const object = { n };
    registry.register(object, n, n % 2 ? object : token);
    if (n === 8) kept.push(object);
  }
  registry.register({}, 10, {});
})();
setTimeout(() => {
  console.log(registry.unregister(token), registry.unregister(token));
  gc();
}, 2);
