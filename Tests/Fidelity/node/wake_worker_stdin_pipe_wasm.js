// A worker reads its stdin until it ends; a compilation in the main thread writes it.
const { Worker } = require("node:worker_threads");
const worker = new Worker("let all = ''; process.stdin.on('data', (d) => { all += d; }).on('end', () => console.log('worker read', all.length, all));", { eval: true, stdin: true, stdout: true });
worker.stdout.setEncoding("utf8").on("data", (text) => console.log(text.trim()));
worker.on("exit", (code) => console.log("exit", code));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((compiled) => {
  worker.stdin.write(String(compiled));
  setImmediate(() => worker.stdin.end("!"));
});
