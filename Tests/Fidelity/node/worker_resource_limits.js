const { Worker } = require("node:worker_threads");
const code = `
  const { resourceLimits: { maxOldGenerationSizeMb, stackSizeMb }, parentPort } = require("worker_threads");
  let depth = 0;
  const down = () => { depth++; down(); };
  try { down(); } catch (error) { parentPort.postMessage([error.name, depth > 1000, maxOldGenerationSizeMb, stackSizeMb]); }`;
new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 32, stackSizeMb: 2 } })
  .on("message", (message) => console.log(message));
