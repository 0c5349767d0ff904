// Its answer comes with a collection that V8 starts by a task of its own.
process.removeAllListeners("warning");
const vm = require("node:vm");
const late = setTimeout(() => console.log("slept through"), 4000);
vm.measureMemory({ mode: "summary", execution: "eager" }).then((result) => {
  console.log(Object.keys(result), result.total.jsMemoryEstimate > 100000, result.total.jsMemoryRange.length);
  clearTimeout(late);
});
console.log("asked");
