const { Worker } = require("node:worker_threads");
const code = `
  const { resourceLimits, parentPort } = require("node:worker_threads");
  const limit = require("node:v8").getHeapStatistics().heap_size_limit;
  parentPort.postMessage([resourceLimits, limit > 2 ** 24, limit < 2 ** 27]);`;
const limits = [
  { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 3, codeRangeSizeMb: 16, stackSizeMb: 4 },
  { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 6, codeRangeSizeMb: 64, stackSizeMb: 2 },
];
const run = (resourceLimits) =>
  new Promise((done) => {
    const worker = new Worker(code, { eval: true, resourceLimits });
    worker.on("message", (message) => console.log(message));
    worker.on("exit", done);
  });
(async () => {
  for (const resourceLimits of limits) await run(resourceLimits);
})();
