const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(8));
console.log(Atomics.waitAsync(cells, 0, 1), Atomics.wait(cells, 0, 0, 5), Atomics.wait(cells, 0, 9));
const waiting = setTimeout(() => {}, 4000);
const { async, value } = Atomics.waitAsync(cells, 0, 0);
value.then((how) => {
  console.log(async, how, cells[0]);
  return Atomics.waitAsync(cells, 1, 0, 20).value;
}).then((how) => {
  console.log(how);
  clearTimeout(waiting);
});
new Worker("const c = require('worker_threads').workerData; Atomics.store(c, 0, 42); Atomics.notify(c, 0);", { eval: true, workerData: cells });
