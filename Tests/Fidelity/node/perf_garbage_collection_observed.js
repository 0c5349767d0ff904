const { PerformanceObserver } = require("node:perf_hooks");
const observer = new PerformanceObserver((list) => {
  const [entry] = list.getEntries();
  console.log(entry.name, entry.entryType, typeof entry.detail.kind, entry.startTime >= 0 && entry.startTime < 5000, entry.duration < 2000);
  observer.disconnect();
});
observer.observe({ entryTypes: ["gc"] });
let keep = [];
for (let i = 0; i < 400000; i++) keep[i % 1000] = { i, text: "x" + i };
setTimeout(() => {}, 20);
