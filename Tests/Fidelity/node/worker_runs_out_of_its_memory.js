const { Worker } = require("node:worker_threads");
const leak = `
  const hold = [];
  const step = () => { for (let i = 0; i < 100; i++) hold.push(new Array(1000).fill(i)); setImmediate(step); };
  step();`;
const worker = new Worker(leak, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
worker.on("error", (error) => console.log(error.name, error.code, error.message));
worker.on("exit", (code) => console.log(code));
