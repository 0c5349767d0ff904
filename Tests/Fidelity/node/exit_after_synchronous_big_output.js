// The pipe is blocking until a stream is made of it: every write is whole.
const fs = require("node:fs");
const block = "z".repeat(99999) + "\n";
let written = 0;
for (let i = 0; i < 9; i++) written += fs.writeSync(1, block);
fs.writeSync(2, written + "\n");
process.exit(2);
