// A worker that waits for messages keeps the main thread alive until a compilation ends it.
const { Worker } = require("node:worker_threads");
const worker = new Worker("require('worker_threads').parentPort.on('message', () => {})", { eval: true });
worker.on("online", () => {
  console.log("online");
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => worker.terminate()).then((code) => console.log("terminated", code));
});
worker.on("exit", (code) => console.log("exit", code));
