// A port that is referenced again and again, and let go of when a wait has ended.
const cell = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
port1.on("message", (text) => console.log("message", text));
console.log(port1.hasRef(), port2.hasRef());
port1.unref();
port1.ref();
Atomics.waitAsync(cell, 0, 0, 10).value.then((how) => {
  console.log(how, port1.hasRef());
  port2.postMessage("last");
  setImmediate(() => port1.unref());
});
process.on("exit", () => console.log("exit", port1.hasRef()));
