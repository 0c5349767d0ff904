// An observer of collections is called in a turn of its own after the one that collected.
const { PerformanceObserver, constants } = require("node:perf_hooks");
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const late = setTimeout(() => console.log("slept through"), 4000);
const observer = new PerformanceObserver((list) => {
  const major = list.getEntries().find((entry) => entry.detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
  if (!major) return;
  console.log(major.entryType, major.name, major.duration >= 0);
  observer.disconnect();
  clearTimeout(late);
});
observer.observe({ entryTypes: ["gc"] });
gc();
console.log("collected");
setImmediate(() => console.log("immediate"));
