const { Worker } = require("node:worker_threads");
const worker = new Worker("setInterval(() => {}, 1); require('worker_threads').parentPort.postMessage(1)", { eval: true });
worker.on("message", () => {
  console.log("leaving while a worker runs");
  process.exit(4);
});
