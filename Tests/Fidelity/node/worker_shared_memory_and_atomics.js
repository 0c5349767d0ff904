const { Worker, isMainThread, workerData } = require("node:worker_threads");
if (isMainThread) {
  const shared = new SharedArrayBuffer(16);
  const cells = new Int32Array(shared);
  const workers = Array.from({ length: 4 }, () => new Worker(__filename, { workerData: shared }));
  let left = 4;
  for (const worker of workers) worker.on("exit", () => {
    if (--left === 0) console.log(cells[0], cells[1]);
  });
  Atomics.wait(cells, 1, 0, 4000);
  console.log("woken", Atomics.load(cells, 1) > 0);
} else {
  const cells = new Int32Array(workerData);
  for (let i = 0; i < 20000; i++) Atomics.add(cells, 0, 1);
  Atomics.add(cells, 1, 1);
  Atomics.notify(cells, 1);
}
