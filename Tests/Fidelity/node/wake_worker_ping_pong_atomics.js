// Threads take turns by cells alone, the worker waiting in its thread, main in promises.
const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker(`
  const cells = require("worker_threads").workerData;
  for (let turn = 1; turn <= 200; turn++) {
    while (Atomics.load(cells, 0) < turn) Atomics.wait(cells, 0, turn - 1, 4000);
    Atomics.store(cells, 1, turn);
    Atomics.notify(cells, 1);
  }`, { eval: true, workerData: cells });
worker.on("exit", (code) => console.log("exit", code));
(async () => {
  for (let turn = 1; turn <= 200; turn++) {
    Atomics.store(cells, 0, turn);
    Atomics.notify(cells, 0);
    // The notification of the turn before may come late, and wake this wait.
    while (Atomics.load(cells, 1) < turn) {
      const wait = Atomics.waitAsync(cells, 1, turn - 1, 4000);
      if (wait.async && (await wait.value) === "timed-out") return console.log("lost in turn", turn);
    }
  }
  console.log("turns", cells[0], cells[1]);
})();
