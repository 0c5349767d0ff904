const { EventEmitter, once, on, captureRejectionSymbol, errorMonitor, getEventListeners, addAbortListener } = require("node:events");
(async () => {
  const emitter = new EventEmitter({ captureRejections: true });
  emitter.prependListener("x", () => console.log("second"));
  emitter.prependListener("x", () => console.log("first"));
  console.log(emitter.emit("x"), emitter.emit("nothing"), emitter.eventNames(), getEventListeners(emitter, "x").length);
  setImmediate(() => emitter.emit("ready", 1, 2));
  console.log(await once(emitter, "ready"));
  emitter.on("async", async () => { throw new Error("rejected listener"); });
  emitter.on(errorMonitor, (error) => console.log("monitor", error.message));
  emitter.on("error", (error) => console.log("error", error.message));
  emitter.emit("async");
  await new Promise((go) => setImmediate(go));
  setTimeout(() => { for (let i = 0; i < 3; i++) emitter.emit("tick", i); }, 1);
  for await (const [n] of on(emitter, "tick")) { console.log("tick", n); if (n === 2) break; }
  const controller = new AbortController();
  addAbortListener(controller.signal, () => console.log("aborted"));
  once(emitter, "never", { signal: controller.signal }).catch((error) => console.log(error.code));
  controller.abort();
})();
