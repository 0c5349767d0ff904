const { Worker } = require("node:worker_threads");
new Worker("for (let i = 0; i < 5000; i++) console.log('line ' + i + ' ' + 'x'.repeat(50));", { eval: true })
  .on("exit", (code) => console.error("exit", code));
