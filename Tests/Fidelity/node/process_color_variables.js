const util = require("node:util");
console.log(process.stdout.isTTY, process.stderr.isTTY, process.stdin.isTTY, process.stdout.hasColors);
console.log({ a: 1, b: "text", c: null });
console.log(util.styleText("red", "styled"), JSON.stringify(util.inspect(1, { colors: true })));
