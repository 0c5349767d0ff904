const { Worker, isMainThread, threadId, parentPort, workerData } = require("node:worker_threads");
const depth = isMainThread ? 0 : workerData;
if (depth < 3) {
  const below = new Worker(__filename, { workerData: depth + 1 });
  below.on("message", (m) => (isMainThread ? console.log(m) : parentPort.postMessage(m)));
} else {
  parentPort.postMessage("from thread " + threadId);
}
