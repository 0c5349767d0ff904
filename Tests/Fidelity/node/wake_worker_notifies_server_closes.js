// A thread without any port to talk over wakes a main thread that waits on a server.
const { Worker } = require("node:worker_threads");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  const wait = Atomics.waitAsync(cell, 0, 0);
  wait.value.then((how) => {
    console.log(how, Atomics.load(cell, 0));
    server.close(() => console.log("closed"));
  });
  new Worker("const c = require('worker_threads').workerData; setTimeout(() => { Atomics.store(c, 0, 5); Atomics.notify(c, 0); }, 15);", { eval: true, workerData: cell }).unref();
});
