// Two answers of two measurements, each with the contexts there are.
process.removeAllListeners("warning");
const vm = require("node:vm");
const context = vm.createContext({ list: [1, 2, 3] });
let ticks = 0;
const keeper = setInterval(() => { if (++ticks === 8) process.exit(1); }, 500);
(async () => {
  for (const execution of ["eager", "eager"]) {
    const { current, other, total } = await vm.measureMemory({ mode: "detailed", execution });
    console.log(current.jsMemoryEstimate > 0, other.length >= 1, total.jsMemoryEstimate >= current.jsMemoryEstimate, ticks < 6);
  }
  console.log(vm.isContext(context));
  clearInterval(keeper);
})();
