const v8 = require("node:v8");
const { Session } = require("node:inspector");
const session = new Session();
session.connect();
session.post("Runtime.evaluate", { expression: "6 * 7" }, (error, { result }) => console.log(error, result.value));
session.post("Profiler.enable");
session.post("Profiler.start", () => {
  for (let i = 0; i < 1e5; i++) Math.sqrt(i);
  session.post("Profiler.stop", (error, { profile }) => console.log(error, profile.nodes.length > 0, profile.endTime >= profile.startTime));
  session.disconnect();
});
let bytes = 0;
v8.getHeapSnapshot().on("data", (chunk) => { bytes += chunk.length; }).on("end", () => console.log(bytes > 1e6));
