// A program that waits on an event, with a keeper beside it.
const { EventEmitter, once } = require("node:events");
const emitter = new EventEmitter();
const controller = new AbortController();
const keeper = setTimeout(() => controller.abort(), 4000);
(async () => {
  try {
    const [compiled, number] = await once(emitter, "ready", { signal: controller.signal });
    console.log(compiled instanceof WebAssembly.Module, number);
    await once(emitter, "ready");
  } catch (error) {
    console.log(error.name);
  }
  clearTimeout(keeper);
})();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((compiled) => {
  emitter.emit("ready", compiled, 1);
  WebAssembly.compile(Buffer.from("01", "hex")).catch((error) => setImmediate(() => emitter.emit("error", error)));
});
