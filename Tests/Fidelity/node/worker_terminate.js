const { Worker } = require("node:worker_threads");
const { once } = require("node:events");
(async () => {
  const busy = new Worker("require('worker_threads').parentPort.postMessage('spinning'); for (;;);", { eval: true });
  console.log(await once(busy, "message"), await busy.terminate(), await busy.terminate());
  const waiting = new Worker("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", { eval: true });
  await once(waiting, "online");
  console.log(await waiting.terminate());
})();
