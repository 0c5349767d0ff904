// The wait is in an imported module, and in the one that imports it.
import { how, cell } from "./waits.mjs";
console.log("imported", how);
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000).unref();
const keeper = setInterval(() => {}, 300);
console.log(await Atomics.waitAsync(cell, 0, 1, 10).value);
setImmediate(() => Atomics.notify(cell, 0));
console.log(await Atomics.waitAsync(cell, 0, 1).value);
clearInterval(keeper);
