const { Worker } = require("node:worker_threads");
const code = "console.log('to stdout'); console.error('to stderr'); process.stdin.on('data', (d) => process.stdout.write('read ' + d)).on('end', () => console.log('end'));";
const worker = new Worker(code, { eval: true, stdin: true, stdout: true, stderr: true });
const parts = { stdout: "", stderr: "" };
for (const name of ["stdout", "stderr"]) worker[name].on("data", (d) => { parts[name] += d; });
worker.stdin.end("some input\n");
worker.on("exit", (code) => {
  console.log(code, parts);
  new Worker("console.log('straight through'); console.error('and its errors');", { eval: true });
});
