// A delayed task falls due while immediates spin.
const { setImmediate: immediate } = require("node:timers/promises");
const cell = new Int32Array(new SharedArrayBuffer(4));
let how;
Atomics.waitAsync(cell, 0, 0, 10).value.then((result) => { how = result; });
(async () => {
  const start = performance.now();
  while (how === undefined && performance.now() - start < 4000) await immediate();
  console.log(how);
  how = undefined;
  Atomics.waitAsync(cell, 0, 0, 10).value.then((result) => { how = result; });
  setTimeout(() => Atomics.notify(cell, 0), 2);
  while (how === undefined && performance.now() - start < 8000) await immediate();
  console.log(how === undefined ? "lost" : "again");
})();
