const fs = require("node:fs");
const { bsize, type } = fs.statfsSync("/workspace");
console.log(bsize, type.toString(16), fs.statSync("/dev/null").isCharacterDevice());
fs.writeFileSync("/dev/null", "gone");
console.log(fs.readFileSync("/dev/null").length, fs.existsSync("/dev/tty"), fs.readdirSync("/dev").sort().join());
const zero = fs.openSync("/dev/zero");
console.log(fs.readSync(zero, Buffer.alloc(10, 1)));
try { fs.writeFileSync("/dev/full", "x"); } catch (error) { console.log(error.code); }
console.log(fs.readdirSync("/").sort().filter((name) => name !== "core").join());
