// The monitor's own timer keeps nothing alive, and goes on through what wakes the loop.
const { monitorEventLoopDelay, performance } = require("node:perf_hooks");
const delay = monitorEventLoopDelay({ resolution: 2 });
delay.enable();
const cell = new Int32Array(new SharedArrayBuffer(4));
const late = setTimeout(() => console.log("slept through"), 4000);
Atomics.waitAsync(cell, 0, 0, 60).value.then((how) => {
  const { idle, active, utilization } = performance.eventLoopUtilization();
  console.log(how, delay.count > 1, delay.min > 0, idle > 0, active > 0, utilization < 1);
  console.log(delay.disable(), delay.disable());
  clearTimeout(late);
});
