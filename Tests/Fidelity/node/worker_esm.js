import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { once } from "node:events";
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  console.log(await Promise.all([once(worker, "message"), once(worker, "exit")]));
  new Worker(new URL("data:text/javascript,console.log('from a data URL')"));
} else {
  const { value } = await import("./lib.mjs");
  parentPort.postMessage([value, import.meta.filename, import.meta.main]);
}
