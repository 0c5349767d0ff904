// Tracing by way of the inspector: both have threads, and the end of it is an event.
process.removeAllListeners("warning");
const { Session } = require("node:inspector");
const late = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
const session = new Session();
session.connect();
const names = new Set();
session.on("NodeTracing.dataCollected", ({ params }) => params.value.forEach(({ name }) => names.add(name)));
session.on("NodeTracing.tracingComplete", () => {
  console.log([...names].filter((name) => name.includes("marked")));
  setImmediate(() => session.disconnect());
  clearTimeout(late);
});
session.post("NodeTracing.start", { traceConfig: { includedCategories: ["node.console"] } }, (error) => {
  console.log(error);
  console.count("marked");
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => session.post("NodeTracing.stop", (error) => console.log(error)));
});
