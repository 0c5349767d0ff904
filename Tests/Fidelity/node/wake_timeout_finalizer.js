// The callback of a registry is a task: only a wake-up brings it before the timer.
const v8 = require("node:v8");
v8.setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((held) => {
  console.log("finalised", held);
  clearTimeout(late);
});
(() => registry.register({ some: "object" }, "it"))();
gc();
console.log("collected");
process.on("exit", () => console.log("exit"));
