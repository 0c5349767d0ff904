// Hooks see the promises of a compilation begin and end, and the timer's destruction.
const { createHook } = require("node:async_hooks");
const seen = { init: new Set(), before: 0, resolved: 0, destroyed: [] };
const timers = new Set();
const hook = createHook({
  init(id, type) { seen.init.add(type); if (type === "Timeout") timers.add(id); },
  before() { seen.before++; },
  promiseResolve() { seen.resolved++; },
  destroy(id) { if (timers.has(id)) seen.destroyed.push("timer"); },
}).enable();
const late = setTimeout(() => console.log("slept through"), 4000);
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  clearTimeout(late);
  setImmediate(() => {
    hook.disable();
    console.log([...seen.init].sort().join(), seen.before > 0, seen.resolved > 0, seen.destroyed.join());
  });
});
