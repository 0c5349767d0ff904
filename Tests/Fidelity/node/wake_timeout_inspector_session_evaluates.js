// A session of the process with itself awaits the promise of a compilation.
const inspector = require("node:inspector");
const late = setTimeout(() => console.log("slept through"), 4000);
const session = new inspector.Session();
session.connect();
session.post("Runtime.evaluate", {
  expression: "WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then((m) => String(m))",
  awaitPromise: true, returnByValue: true,
}, (error, { result }) => {
  console.log(error, result);
  session.disconnect();
  clearTimeout(late);
});
console.log("posted");
