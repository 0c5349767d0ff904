// The collection and its callback are the worker's; its exit wakes the main thread.
const { Worker } = require("node:worker_threads");
const worker = new Worker(`
  const { parentPort } = require("worker_threads");
  require("v8").setFlagsFromString("--expose-gc");
  const gc = require("vm").runInNewContext("gc");
  const registry = new FinalizationRegistry((held) => { parentPort.postMessage(held); clearTimeout(keeper); });
  (() => registry.register({}, "in the worker"))();
  const keeper = setTimeout(() => process.exit(1), 4000);
  gc();`, { eval: true });
worker.on("message", (text) => console.log(text)).on("exit", (code) => console.log("exit", code));
