const { Worker } = require("node:worker_threads");
const worker = new Worker("setInterval(() => {}, 100)", { eval: true });
worker.on("online", () => {
  worker.unref();
  console.log("main has nothing left");
});
worker.on("exit", () => console.log("never"));
