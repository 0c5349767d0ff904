// A profiler counts the collection whose finalizer stops it.
const v8 = require("node:v8");
v8.setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
const profiler = new v8.GCProfiler();
profiler.start();
const registry = new FinalizationRegistry(() => {
  const { version, statistics } = profiler.stop();
  console.log(version, statistics.length > 0, statistics.some(({ gcType }) => gcType === "MarkSweepCompact"));
  clearTimeout(late);
});
(() => registry.register(new Date(), 1))();
gc();
