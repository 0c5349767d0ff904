const { Worker, isMainThread, workerData } = require('worker_threads');
if (isMainThread) {
  new Worker(__filename, { workerData: 1, argv: ['x'] }).on('message', (said) => console.log(said));
} else {
  require('worker_threads').parentPort.postMessage([workerData, process.argv, __filename, require.main === module]);
}
