const { Worker } = require("node:worker_threads");
let sum = 0, left = 6;
for (let i = 1; i <= 6; i++) {
  new Worker("const w = require('worker_threads'); w.parentPort.postMessage(w.workerData ** 2)", { eval: true, workerData: i })
    .on("message", (n) => { sum += n; })
    .on("exit", () => { if (--left === 0) console.log(sum); });
}
