// A module that one thread compiled is instantiated in two others.
const { Worker } = require("node:worker_threads");
const add = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
WebAssembly.compile(add).then((compiled) => {
  let left = 2;
  const sums = [];
  for (const n of [1, 2]) {
    new Worker("const { parentPort, workerData: [m, n] } = require('worker_threads'); WebAssembly.instantiate(m).then((i) => parentPort.postMessage(i.exports.add(n, 40)));", { eval: true, workerData: [compiled, n] })
      .on("message", (sum) => sums.push(sum))
      .on("exit", () => { if (--left === 0) console.log(sums.sort()); });
  }
});
