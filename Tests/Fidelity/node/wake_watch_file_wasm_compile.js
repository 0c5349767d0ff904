// Polling a file keeps the loop alive; the compilation writes it, and the change ends the polling.
const fs = require("node:fs");
fs.writeFileSync("watched", "");
fs.watchFile("watched", { interval: 25 }, (now, before) => {
  console.log(now.size > before.size);
  fs.unwatchFile("watched");
  clearInterval(writer);
});
let writer;
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled");
  writer = setInterval(() => fs.appendFileSync("watched", "wasm"), 20);
});
