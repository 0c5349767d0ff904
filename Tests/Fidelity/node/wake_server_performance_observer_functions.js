// A timed function, called in the wake-up of a server's program, is observed and closes it.
const { performance, PerformanceObserver, createHistogram } = require("node:perf_hooks");
const server = require("node:net").createServer().listen(0, "127.0.0.1");
const histogram = createHistogram();
const add = performance.timerify(function add(a, b) { return a + b; }, { histogram });
const observer = new PerformanceObserver((list) => {
  const [entry] = list.getEntries();
  console.log(entry.name, entry.entryType, [...entry.detail], histogram.count);
  observer.disconnect();
  server.close(() => console.log("closed"));
});
observer.observe({ type: "function" });
Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5).value.then((how) => console.log(how, add(1, 2)));
