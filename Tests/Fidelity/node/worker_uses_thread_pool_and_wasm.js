const { Worker } = require("node:worker_threads");
new Worker(`
  const { parentPort } = require("worker_threads");
  require("fs").readFile("/workspace/main.js", "utf8", async (e, text) => {
    const bytes = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
    const { instance } = await WebAssembly.instantiate(bytes);
    require("zlib").gzip(text, (e, packed) => parentPort.postMessage([packed.length > 20, instance.exports.add(1, 2)]));
  });`, { eval: true }).on("message", (m) => console.log(m));
