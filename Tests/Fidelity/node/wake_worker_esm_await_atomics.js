// A worker from a module's text awaits at its top level; main awaits its messages and end.
import { Worker } from "node:worker_threads";
import { once } from "node:events";
const code = `
  import { parentPort } from "node:worker_threads";
  const { instance } = await WebAssembly.instantiate(Buffer.from("0061736d01000000", "hex"));
  parentPort.postMessage(String(instance));
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const keeper = setInterval(() => {}, 1000);
  parentPort.postMessage(await Atomics.waitAsync(cell, 0, 0, 5).value);
  clearInterval(keeper);`;
const worker = new Worker(new URL("data:text/javascript," + encodeURIComponent(code)));
worker.on("message", (text) => console.log(text));
console.log(await once(worker, "exit"));
