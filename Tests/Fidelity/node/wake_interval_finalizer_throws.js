// What a registry's callback throws is an uncaught exception of the turn that the wake-up brought.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
setInterval(() => {
  console.log("slept through");
  process.exit(1);
}, 4000);
process.on("uncaughtException", (error, origin) => {
  console.log(error.message, origin);
  process.exit(9);
});
const registry = new FinalizationRegistry((held) => {
  throw new Error("cannot let go of " + held);
});
(() => registry.register([1, 2, 3], "a list"))();
setImmediate(gc);
