// The milestones are this process's, in order, and the wake-up comes after all of them.
const { performance } = require("node:perf_hooks");
const late = setTimeout(() => console.log("slept through"), 4000);
const { nodeTiming } = performance;
const names = ["nodeStart", "v8Start", "environment", "bootstrapComplete"];
const sorted = (list) => list.every((value, at) => at === 0 || list[at - 1] <= value);
console.log(nodeTiming.startTime, sorted(names.map((name) => nodeTiming[name])), nodeTiming.loopStart, nodeTiming.loopExit);
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log(sorted([...names.map((name) => nodeTiming[name]), nodeTiming.loopStart, performance.now()]));
  console.log(nodeTiming.loopStart < 3000, nodeTiming.idleTime >= 0, nodeTiming.loopExit, Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 500);
  clearTimeout(late);
});
process.on("exit", () => console.log(nodeTiming.loopExit > nodeTiming.loopStart, nodeTiming.duration > nodeTiming.loopStart));
