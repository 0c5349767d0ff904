// A lock that a worker holds is waited for here, and got when the worker ends.
const { Worker } = require("node:worker_threads");
process.removeAllListeners("warning");
const order = [];
const worker = new Worker(`
  const { parentPort } = require("worker_threads");
  process.removeAllListeners("warning");
  navigator.locks.request("turn", () => new Promise((done) => {
    parentPort.postMessage("held");
    parentPort.once("message", done);
  })).then(() => parentPort.close());`, { eval: true });
worker.on("message", async (text) => {
  order.push(text);
  const mine = navigator.locks.request("turn", (lock) => order.push(lock.name, lock.mode));
  order.push(await navigator.locks.request("turn", { ifAvailable: true }, (lock) => lock));
  worker.postMessage("let go");
  await mine;
  console.log(order, await exit);
});
const exit = new Promise((done) => worker.on("exit", done));
