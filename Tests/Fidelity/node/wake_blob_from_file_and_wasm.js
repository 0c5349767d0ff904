// A blob of a file is read in the pool, and what it holds is compiled.
const fs = require("node:fs");
process.removeAllListeners("warning");
const keeper = setTimeout(() => console.log("slept through"), 4000);
fs.writeFileSync("m.wasm", Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex"));
(async () => {
  const blob = await fs.openAsBlob("m.wasm", { type: "application/wasm" });
  const { instance } = await WebAssembly.instantiate(await blob.arrayBuffer());
  console.log(blob.size, instance.exports.add(2, 2));
  const streamed = await WebAssembly.compileStreaming(new Response(blob));
  console.log(WebAssembly.Module.exports(streamed)[0].name);
  clearTimeout(keeper);
})();
