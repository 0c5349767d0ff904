// The worker is silent until a cell changes, and then tells everybody.
const { Worker } = require("node:worker_threads");
const cells = new Int32Array(new SharedArrayBuffer(4));
const channel = new BroadcastChannel("news");
new Worker(`
  const { workerData: cells } = require("worker_threads");
  const channel = new BroadcastChannel("news");
  channel.postMessage("ready");
  const keeper = setTimeout(() => process.exit(1), 4000);
  const wait = Atomics.waitAsync(cells, 0, 0);
  Promise.resolve(wait.value).then((how) => { channel.postMessage(how === "timed-out" ? how : "woken"); channel.close(); clearTimeout(keeper); });`, { eval: true, workerData: cells });
channel.onmessage = ({ data }) => {
  console.log(data);
  if (data !== "ready") return channel.close();
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
};
