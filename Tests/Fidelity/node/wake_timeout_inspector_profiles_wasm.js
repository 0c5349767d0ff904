// A profiler has a thread of its own, started and stopped around a compilation.
const { Session } = require("node:inspector/promises");
const late = setTimeout(() => console.log("slept through"), 4000);
(async () => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  const { profile } = await session.post("Profiler.stop");
  console.log(profile.nodes[0].callFrame.functionName, profile.endTime > profile.startTime);
  await session.post("Profiler.start");
  await Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5).value;
  console.log(Object.keys((await session.post("Profiler.stop")).profile).sort().join());
  session.disconnect();
  clearTimeout(late);
})();
