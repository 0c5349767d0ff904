// The compilation is the worker's, whose loop waits on a timer, a port and a server by turns.
const { Worker } = require("node:worker_threads");
const code = (keeper) => `
  const { parentPort } = require("worker_threads");
  const end = ${keeper};
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((compiled) => {
    parentPort.postMessage(WebAssembly.Module.exports(compiled));
    end();
  });`;
const keepers = {
  timer: "((t) => () => clearTimeout(t))(setTimeout(() => process.exit(1), 4000))",
  port: "(parentPort.on('message', () => {}), () => parentPort.close())",
  server: "((s) => () => s.close())(require('net').createServer().listen(0, '127.0.0.1'))",
};
(async () => {
  for (const [name, keeper] of Object.entries(keepers)) {
    const worker = new Worker(code(keeper), { eval: true });
    worker.on("message", (exports) => console.log(name, exports));
    await new Promise((done) => worker.on("exit", (exit) => done(console.log("exit", exit))));
  }
})();
