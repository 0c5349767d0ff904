// The worker blocks in Atomics.wait; the main thread is woken by a delayed task and wakes it.
const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker("const c = require('worker_threads').workerData; Atomics.store(c, 1, 1); Atomics.notify(c, 1); process.exitCode = Atomics.wait(c, 0, 0, 8000) === 'ok' ? 3 : 4;", { eval: true, workerData: cells });
worker.on("exit", (code) => console.log("exit", code));
const ready = Atomics.waitAsync(cells, 1, 0);
(async () => {
  console.log(ready.async ? await ready.value : ready.value);
  console.log(await Atomics.waitAsync(cells, 1, 1, 10).value);
  // The cell keeps its value, so that a worker that is late waits all the same.
  while (Atomics.notify(cells, 0) === 0) await Atomics.waitAsync(cells, 1, 1, 2).value;
  console.log("notified");
})();
