// The Worker object is collected only after its thread has ended.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { Worker } = require("node:worker_threads");
const keeper = setInterval(() => gc(), 20);
const give = setTimeout(() => { console.log("never collected"); process.exit(1); }, 4000);
const order = [];
const registry = new FinalizationRegistry((held) => {
  order.push("finalised " + held);
  console.log(order.join(", "));
  clearInterval(keeper);
  clearTimeout(give);
});
(() => {
  const worker = new Worker("setTimeout(() => {}, 70)", { eval: true });
  worker.on("exit", (code) => order.push("exit " + code));
  registry.register(worker, "worker");
})();
