const fs = require("node:fs");
const buffer = Buffer.alloc(4);
console.log(fs.readSync(0, buffer), String(buffer), JSON.stringify(fs.readFileSync(0, "utf8")), fs.readSync(0, buffer));
console.log(process.stdin.constructor.name, process.stdin.fd, process.stdin.isTTY);
