// Asking another thread for its heap interrupts it and wakes both.
const { Worker } = require("node:worker_threads");
const worker = new Worker("require('worker_threads').parentPort.once('message', () => {})", { eval: true });
worker.on("online", async () => {
  const statistics = await worker.getHeapStatistics();
  console.log(statistics.used_heap_size > 100000, statistics.used_heap_size <= statistics.total_heap_size);
  const usage = await worker.cpuUsage();
  console.log(Object.keys(usage).sort(), usage.user >= 0);
  console.log(typeof worker.performance.eventLoopUtilization().utilization);
  worker.postMessage("end");
});
worker.on("exit", (code) => console.log("exit", code));
