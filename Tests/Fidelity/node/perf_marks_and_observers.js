const { performance, PerformanceObserver, monitorEventLoopDelay, createHistogram, constants } = require("node:perf_hooks");
new PerformanceObserver((list) => {
  for (const { name, entryType, detail } of list.getEntries()) console.log(entryType, name, detail);
}).observe({ entryTypes: ["mark", "measure", "function"] });
performance.mark("a", { detail: { x: 1 } });
performance.mark("b");
const measure = performance.measure("a to b", "a", "b");
console.log(measure.duration >= 0, performance.getEntriesByType("mark").length, performance.getEntries().length);
performance.timerify(function timed() {})();
performance.clearMarks();
console.log(performance.getEntriesByName("a").length, Object.keys(performance.toJSON()), performance.timeOrigin > 1.7e12);
const histogram = createHistogram();
for (let i = 1; i <= 100; i++) histogram.record(i);
console.log(histogram.min, histogram.max, histogram.mean, histogram.percentile(50), Object.keys(constants).length);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
setTimeout(() => { delay.disable(); console.log(delay.count > 0, delay.max > 0); }, 60);
