// The compiler, and the promise, of another context.
const vm = require("node:vm");
const late = setTimeout(() => console.log("slept through"), 4000);
const context = vm.createContext({ bytes: Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), print: console.log });
(async () => {
  await vm.runInContext("WebAssembly.compile(bytes).then((m) => print(m instanceof WebAssembly.Module))", context);
  console.log("after that of the other context");
  await vm.runInContext("(async () => { await WebAssembly.compile(Uint8Array.of(1)); })()", context).catch((error) => {
    console.log(error.name, error instanceof Error, error instanceof vm.runInContext("Error", context));
  });
  console.log((await WebAssembly.compile(context.bytes)) instanceof WebAssembly.Module);
  clearTimeout(late);
})();
