// Terminated in a wait of its own, with a waitAsync of the main thread on the same cell.
const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker("const { parentPort, workerData } = require('worker_threads'); parentPort.postMessage('waits'); Atomics.wait(workerData, 0, 0);", { eval: true, workerData: cells });
worker.on("message", async (text) => {
  console.log(text);
  const mine = Atomics.waitAsync(cells, 0, 0);
  console.log("terminated", await worker.terminate());
  console.log(Atomics.notify(cells, 0) >= 1, await mine.value);
});
