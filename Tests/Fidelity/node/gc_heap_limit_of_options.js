// A size that the program is given by its own option is the size.
const v8 = require("node:v8");
console.log(v8.getHeapStatistics().heap_size_limit / 2 ** 20, process.execArgv);
