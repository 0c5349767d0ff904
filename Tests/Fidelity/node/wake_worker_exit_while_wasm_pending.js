// The worker ends with a compilation under way, which nobody hears of; main compiles its own after.
const { Worker } = require("node:worker_threads");
const worker = new Worker("WebAssembly.compile(Buffer.from('0061736d01000000', 'hex')).then(() => console.log('never')); process.exit(2);", { eval: true });
const server = require("node:net").createServer().listen(0, "127.0.0.1");
worker.on("exit", (code) => {
  console.log("exit", code);
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => server.close(() => console.log("compiled and closed")));
});
