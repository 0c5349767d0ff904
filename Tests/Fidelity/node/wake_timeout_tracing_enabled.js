// Tracing has a thread and a loop of its own; a compilation ends what is traced.
const fs = require("node:fs");
const { createTracing, getEnabledCategories } = require("node:trace_events");
const tracing = createTracing({ categories: ["node.perf", "v8"] });
tracing.enable();
console.log(getEnabledCategories());
const late = setTimeout(() => console.log("slept through"), 4000);
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  performance.mark("compiled");
  tracing.disable();
  console.log(getEnabledCategories());
  clearTimeout(late);
});
process.on("exit", () => console.log(fs.readdirSync(".").sort()));
