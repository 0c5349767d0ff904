const { Worker } = require("node:worker_threads");
new Worker("function deep() { throw new RangeError('not listened to'); }\ndeep();", { eval: true });
