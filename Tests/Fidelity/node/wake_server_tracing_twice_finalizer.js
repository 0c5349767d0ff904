// Enabled, disabled and enabled again by turns of a finalizer, while a server listens.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { createTracing, getEnabledCategories } = require("node:trace_events");
const list = ["node.async_hooks", "node.fs.sync"].map((name) => createTracing({ categories: [name] }));
const registry = new FinalizationRegistry((index) => {
  list[index].disable();
  console.log(getEnabledCategories());
  if (index === 0) return collect(1);
  list[0].enable();
  console.log(getEnabledCategories(), list.map((tracing) => tracing.enabled));
  list[0].disable();
  server.close(() => console.log("closed"));
});
const collect = (index) => setImmediate(() => {
  (() => registry.register({ index }, index))();
  setImmediate(gc);
});
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  for (const tracing of list) tracing.enable();
  console.log(getEnabledCategories());
  collect(0);
});
process.on("exit", () => console.log(registry instanceof FinalizationRegistry));
