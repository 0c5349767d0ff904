const { execFile } = require("node:child_process");
let left = 12;
const seen = [];
for (let i = 0; i < 12; i++) execFile("echo", [i], (error, out) => {
  seen.push(Number(out));
  if (--left === 0) console.log(seen.sort((a, b) => a - b).join());
});
