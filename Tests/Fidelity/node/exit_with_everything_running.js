// All kinds of handles at once, ended by process.exit.
const { spawn } = require("node:child_process");
const { Worker } = require("node:worker_threads");
process.on("exit", (code) => console.log("exit", code));
const child = spawn("sleep", ["30"]);
const worker = new Worker("setInterval(() => {}, 10)", { eval: true });
require("node:http").createServer().listen(0);
setInterval(() => {}, 10);
worker.on("online", () => {
  require("node:zlib").gzip("x".repeat(100000), () => {
    child.kill();
    child.on("exit", () => process.exit(9));
  });
});
