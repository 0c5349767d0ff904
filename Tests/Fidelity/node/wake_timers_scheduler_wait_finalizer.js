// scheduler.wait goes on; the finalizer aborts it.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { scheduler } = require("node:timers/promises");
const controller = new AbortController();
const registry = new FinalizationRegistry((held) => controller.abort(held));
(async () => {
  await scheduler.yield();
  (() => registry.register(async () => {}, "collected"))();
  await scheduler.wait(1);
  gc();
  await scheduler.wait(4000, { signal: controller.signal }).then(() => console.log("slept through"), (error) => console.log(error.code, error.cause));
})();
