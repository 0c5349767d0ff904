// The wake-up comes back in the context of the one who asked.
const { AsyncLocalStorage } = require("node:async_hooks");
const storage = new AsyncLocalStorage();
const late = setTimeout(() => console.log("slept through"), 4000);
const ask = (name) => storage.run(name, async () => {
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  const first = storage.getStore();
  await WebAssembly.instantiate(Buffer.from("0061736d01000000", "hex"));
  await Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2).value;
  return first + storage.getStore();
});
Promise.all(["a", "b", "c"].map(ask)).then((names) => {
  console.log(names, storage.getStore());
  clearTimeout(late);
});
