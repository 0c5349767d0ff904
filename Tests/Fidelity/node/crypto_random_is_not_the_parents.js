// A forked interpreter must not hand its children's randomness to anybody: two interpreters started
// from this one draw other numbers than it and than each other.
const { execFileSync } = require("node:child_process");
const code = "console.log(require('crypto').randomUUID(), Math.random())";
const own = [require("node:crypto").randomUUID() + " " + Math.random()];
for (let i = 0; i < 2; i++) own.push(execFileSync(process.execPath, ["-e", code]).toString().trim());
console.log(new Set(own).size, new Set(own.map((line) => line.split(" ")[1])).size);
