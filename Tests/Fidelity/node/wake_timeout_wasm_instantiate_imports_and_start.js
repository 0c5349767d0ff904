// The start function calls back while the instance is made, before the promise is settled.
const bytes = Buffer.from("0061736d01000000010401600000020701016501660000080100", "hex");
const order = [];
const late = setTimeout(() => order.push("slept through"), 4000);
WebAssembly.instantiate(bytes, { e: { f: () => order.push("start function") } }).then(({ module, instance }) => {
  order.push(Object.keys(instance.exports).length, WebAssembly.Module.imports(module).length);
  clearTimeout(late);
});
queueMicrotask(() => order.push("microtask"));
process.nextTick(() => order.push("tick"));
process.on("exit", () => console.log(order.join(", ")));
