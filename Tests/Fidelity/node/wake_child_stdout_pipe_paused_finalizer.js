// The child's output waits in the pipe until a finalizer lets it flow.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { spawn } = require("node:child_process");
const child = spawn("seq", ["1", "2000"]);
let bytes = 0;
child.stdout.on("data", (part) => { bytes += part.length; }).pause();
child.on("exit", (code) => {
  console.log("exit", code, bytes);
  const registry = new FinalizationRegistry(() => child.stdout.resume());
  (() => registry.register(new Set(), 0))();
  setImmediate(gc);
  child.on("close", () => console.log("close", bytes, registry instanceof FinalizationRegistry));
});
