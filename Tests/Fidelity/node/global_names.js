console.log(Object.getOwnPropertyNames(globalThis).sort().join("\n"));
console.log(Object.getOwnPropertySymbols(globalThis).map(String), Object.keys(globalThis).sort());
console.log(globalThis === global, Object.prototype.toString.call(globalThis));
