// Nobody asks for a collection: allocations do, and the observer ends the interval that makes them.
const { PerformanceObserver } = require("node:perf_hooks");
let rounds = 0;
let keep = [];
const interval = setInterval(() => {
  for (let n = 0; n < 20000; n++) keep[n % 100] = { n, text: "text " + n };
  if (++rounds === 1000) { console.log("never observed"); clearInterval(interval); }
}, 1);
const observer = new PerformanceObserver((list) => {
  console.log(list.getEntries().every(({ entryType }) => entryType === "gc"), rounds > 0);
  observer.disconnect();
  clearInterval(interval);
});
observer.observe({ type: "gc" });
