// A file of 2 MB, compiled lazily, and a function from its end.
const fs = require("node:fs");
let text = "";
for (let i = 0; i < 20000; i++) text += `exports.f${i} = function (a) { /* ${"x".repeat(50)} */ return a + ${i}; };\n`;
fs.writeFileSync("large.js", text);
console.log(require("./large").f19999(1), Object.keys(require("./large")).length);
