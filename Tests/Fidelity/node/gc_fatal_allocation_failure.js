// One array that no heap of this size can hold: V8 gives up, and its report goes nowhere.
const fs = require("node:fs");
console.log("before");
fs.closeSync(2);
fs.openSync("/dev/null", "w");
const holes = new Array(3e7).fill(0.5);
console.log("never", holes.length);
