const v8 = require("node:v8");
const vm = require("node:vm");
v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc");
console.log(typeof gc, typeof globalThis.gc);
v8.setFlagsFromString("--allow-natives-syntax");
console.log(vm.runInThisContext("function f() { return 1 }; f(); %GetOptimizationStatus(f) !== undefined"));
gc();
