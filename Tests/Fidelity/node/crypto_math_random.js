const numbers = Array.from({ length: 10000 }, Math.random);
console.log(new Set(numbers).size > 9990, numbers.every((n) => n >= 0 && n < 1));
const mean = numbers.reduce((a, b) => a + b) / numbers.length;
console.log(mean > 0.45 && mean < 0.55, new Set(numbers.map((n) => Math.floor(n * 10))).size);
const vm = require("node:vm");
console.log(vm.runInNewContext("Math.random()") !== vm.runInNewContext("Math.random()"));
