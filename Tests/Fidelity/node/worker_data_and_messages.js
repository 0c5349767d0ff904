const { Worker, isMainThread, threadId, workerData, parentPort, resourceLimits } = require("node:worker_threads");
if (isMainThread) {
  console.log(threadId, workerData, parentPort, resourceLimits);
  const worker = new Worker(__filename, { workerData: { list: [1, 2], date: new Date(0), map: new Map([["k", 1n]]) } });
  worker.on("message", (message) => {
    console.log(message);
    if (message.ready) worker.postMessage("from main");
  });
  worker.on("online", () => console.log("online"));
  worker.on("exit", (code) => console.log("exit", code, worker.threadId));
} else {
  parentPort.postMessage({ ready: true, workerData, threadId, argv: process.argv.length });
  parentPort.once("message", (text) => parentPort.postMessage({ echo: text }));
}
