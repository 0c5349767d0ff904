// A signal aborts a promised timer; the compilation of its reason is awaited next.
const { setTimeout: sleep } = require("node:timers/promises");
const { once } = require("node:events");
const controller = new AbortController();
(async () => {
  const signalled = once(process, "SIGWINCH");
  setImmediate(() => process.kill(process.pid, "SIGWINCH"));
  signalled.then(([name]) => controller.abort(new Error(name)));
  await sleep(4000, "slept through", { signal: controller.signal }).then(console.log, (error) => console.log(error.name, error.cause.message));
  const keeper = setTimeout(() => console.log("slept through"), 4000);
  const { instance } = await WebAssembly.instantiate(Buffer.from("0061736d01000000", "hex"));
  console.log(String(instance));
  clearTimeout(keeper);
})();
