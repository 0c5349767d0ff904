const v8 = require("node:v8");
const vm = require("node:vm");
v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");
let garbage = 0;
for (let i = 0; i < 200; i++) garbage += new Array(50000).fill(i).length;
collect();
console.log(garbage, v8.getHeapStatistics().used_heap_size < 20e6);
