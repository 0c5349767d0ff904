const fs = require("node:fs");
console.log(fs.readFileSync("/dev/stdin", "utf8"), fs.fstatSync(0).isFIFO(), fs.fstatSync(1).isFIFO(), fs.fstatSync(2).isFIFO());
