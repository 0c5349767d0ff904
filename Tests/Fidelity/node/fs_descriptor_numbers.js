// What an interpreter has open before the program opens anything decides which number comes next.
const fs = require("node:fs");
const first = fs.openSync(__filename);
const second = fs.openSync("/dev/null");
console.log(second - first, first > 2 && first < 64);
fs.closeSync(first);
console.log(fs.openSync("/dev/null") === first, fs.readFileSync("/dev/fd/" + second).length);
try { fs.closeSync(250); } catch (error) { console.log(error.message); }
try { fs.readSync(0x7fffffff, Buffer.alloc(1)); } catch (error) { console.log(error.code); }
