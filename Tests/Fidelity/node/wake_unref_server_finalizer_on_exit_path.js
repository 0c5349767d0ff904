// The loop would end at once; what a collection in beforeExit brings is still delivered.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
require("node:net").createServer().listen(0, "127.0.0.1").unref();
const registry = new FinalizationRegistry((held) => {
  console.log("finalised", held);
  setImmediate(() => console.log("and an immediate"));
});
(() => registry.register({}, "late"))();
let times = 0;
process.on("beforeExit", () => {
  console.log("before exit", ++times);
  if (times > 1) return;
  gc();
  setTimeout(() => console.log("keeps alive"), 200);
});
