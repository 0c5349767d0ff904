const names = Object.getOwnPropertyNames(process).sort();
console.log(names.join("\n"));
console.log(Object.getOwnPropertySymbols(process).map(String).sort().join());
console.log(process.eventNames().map(String).sort(), process.listenerCount("exit"), process.domain);
console.log(String(process), Object.prototype.toString.call(process), process._events === undefined);
