// A port goes to a worker, which answers over it when its own compilation is done.
const { Worker, MessageChannel } = require("node:worker_threads");
const { port1, port2 } = new MessageChannel();
new Worker(`
  require("worker_threads").parentPort.once("message", async ({ port, bytes }) => {
    const { instance } = await WebAssembly.instantiate(bytes);
    port.postMessage(instance.exports.add(19, 23));
    port.close();
  });`, { eval: true }).postMessage({ port: port2, bytes: Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex") }, [port2]);
port1.on("message", (sum) => console.log("sum", sum)).on("close", () => console.log("closed"));
