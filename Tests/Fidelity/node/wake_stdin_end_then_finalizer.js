// The end of the input is what makes an object collectable.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const keeper = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((lines) => {
  console.log("finalised after", lines, "lines");
  clearTimeout(keeper);
});
let parser = { lines: 0 };
process.stdin.on("data", (part) => { parser.lines += String(part).split("\n").length - 1; });
process.stdin.on("end", () => {
  registry.register(parser, parser.lines);
  parser = null;
  console.log("end");
  setImmediate(gc);
});
