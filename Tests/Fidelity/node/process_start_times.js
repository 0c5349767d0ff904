// Small in a process that has just begun, whatever its interpreter's age.
const { performance } = require("node:perf_hooks");
const since = (value, most) => (value >= 0 && value < most ? "small" : value);
console.log(since(process.uptime(), 3), since(performance.now(), 3000));
console.log(since(Math.abs(Date.now() - performance.timeOrigin), 3000));
const skew = performance.timeOrigin + performance.now() - Date.now();
console.log(Math.abs(skew) < 50 ? "clocks agree" : skew);
console.log(Math.abs(process.uptime() * 1000 - performance.now()) < 500);
const { nodeTiming } = performance;
for (const name of ["nodeStart", "v8Start", "environment", "bootstrapComplete", "loopStart", "idleTime"])
  console.log(name, Math.abs(nodeTiming[name]) < 3000 ? "small" : nodeTiming[name]);
console.log(nodeTiming.name, nodeTiming.entryType, nodeTiming.startTime, since(nodeTiming.duration, 3000));
setTimeout(() => {
  const { idle, active, utilization } = performance.eventLoopUtilization();
  console.log(since(idle, 3000), since(active, 3000), utilization >= 0 && utilization <= 1);
  console.log(nodeTiming.loopStart > 0 && nodeTiming.loopStart < performance.now());
}, 20);
