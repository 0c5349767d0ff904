const { Worker, setEnvironmentData, markAsUntransferable, structuredClone: own } = require("node:worker_threads");
setEnvironmentData("key", { nested: [1] });
const worker = new Worker("const w = require('worker_threads'); w.parentPort.postMessage([w.getEnvironmentData('key'), typeof Math.random(), process.versions.node])", { eval: true, name: "named" });
worker.on("message", (m) => console.log(m[0], m[1], m[2] === process.versions.node, worker.threadName));
try { worker.postMessage(() => {}); } catch (error) { console.log(error.name, error.message); }
