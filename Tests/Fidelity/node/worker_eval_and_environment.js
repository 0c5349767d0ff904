const { Worker, SHARE_ENV } = require("node:worker_threads");
const run = (code, options) => new Promise((done) => {
  const worker = new Worker(code, { eval: true, ...options });
  worker.on("message", (m) => console.log(m));
  worker.on("exit", done);
});
(async () => {
  process.env.SHARED = "main";
  const code = "const { parentPort } = require('worker_threads'); parentPort.postMessage([process.argv.slice(2), process.execArgv, process.env.SHARED, process.env.OWN, __filename, process.title, process.pid]); process.env.SHARED = 'worker';";
  await run(code, { argv: ["a", "b"], env: { OWN: "1" }, execArgv: ["--no-warnings"] });
  console.log(process.env.SHARED);
  await run(code, { env: SHARE_ENV });
  console.log(process.env.SHARED);
})();
