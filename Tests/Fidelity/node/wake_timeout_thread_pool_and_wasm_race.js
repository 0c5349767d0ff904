// Both kinds of wake-up at once, many times.
const { readFile } = require("node:fs");
const late = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
let left = 60;
const counts = { file: 0, module: 0 };
const done = (kind) => {
  counts[kind]++;
  if (--left > 0) return;
  console.log(counts);
  clearTimeout(late);
};
for (let n = 0; n < 30; n++) {
  readFile(__filename, (error, text) => { if (!error && text.length > 100) done("file"); });
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => done("module"));
}
