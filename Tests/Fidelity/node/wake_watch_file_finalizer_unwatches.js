// Two are watched that never change; the finalizers of their names let go of them.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const fs = require("node:fs");
let left = 2;
const registry = new FinalizationRegistry((name) => {
  fs.unwatchFile(name);
  if (--left === 0) console.log("none watched");
});
for (const name of ["one", "two"]) {
  fs.writeFileSync(name, name);
  fs.watchFile(name, { interval: 3000 }, () => console.log("changed"));
  (() => registry.register({ name }, name))();
}
setImmediate(gc);
process.on("exit", () => console.log("exit", left));
