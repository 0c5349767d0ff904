// Observers are told in a turn of their own; a compilation makes the last mark.
const { performance, PerformanceObserver } = require("node:perf_hooks");
const late = setTimeout(() => console.log("slept through"), 4000);
const names = [];
const observer = new PerformanceObserver((list) => {
  for (const { entryType, name } of list.getEntries()) names.push(entryType + " " + name);
  if (names.length < 3) return;
  console.log(names.sort());
  observer.disconnect();
  clearTimeout(late);
});
observer.observe({ entryTypes: ["mark", "measure"] });
performance.mark("begin");
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  performance.mark("compiled");
  const { duration } = performance.measure("whole", "begin", "compiled");
  console.log(duration < 3000, names.length <= 1);
});
