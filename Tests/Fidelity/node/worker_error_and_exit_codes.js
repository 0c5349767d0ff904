const { Worker } = require("node:worker_threads");
const run = (code) => new Promise((done) => {
  const worker = new Worker(code, { eval: true });
  worker.on("error", (error) => console.log("error", error instanceof Error, error.name ?? error, error.message));
  worker.on("exit", (exit) => done(console.log("exit", exit)));
});
(async () => {
  await run("throw new TypeError('in the worker')");
  await run("process.exit(5)");
  await run("process.exitCode = 6");
  await run("Promise.reject(new Error('rejected in the worker'))");
  await run("throw 'a string'");
  await run("let let = 1");
  await run("process.on('exit', (c) => console.log('worker exit', c)); setTimeout(() => process.exit(2), 2)");
})();
