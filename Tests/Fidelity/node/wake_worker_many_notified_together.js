// Six threads block on one cell; the main thread is woken by a compilation and wakes them all.
const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(12));
let left = 6;
for (let n = 0; n < 6; n++) {
  new Worker("const c = require('worker_threads').workerData; Atomics.add(c, 1, 1); Atomics.notify(c, 1); if (Atomics.wait(c, 0, 0, 8000) !== 'timed-out') Atomics.add(c, 2, 1);", { eval: true, workerData: cells })
    .on("exit", () => { if (--left === 0) console.log("woken", cells[2]); });
}
(async () => {
  for (let n = 0; (n = Atomics.load(cells, 1)) < 6;) {
    const wait = Atomics.waitAsync(cells, 1, n);
    if (wait.async) await wait.value;
  }
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  console.log("all wait");
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
})();
