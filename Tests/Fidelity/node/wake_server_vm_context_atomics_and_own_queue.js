// A context with its own microtask queue, and a wait that the main one has begun for it.
const vm = require("node:vm");
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  const log = [];
  const context = vm.createContext({ log, cell: new Int32Array(new SharedArrayBuffer(4)) }, { microtaskMode: "afterEvaluate" });
  vm.runInContext("Promise.resolve().then(() => log.push('own queue')); log.push('evaluated');", context);
  const wait = vm.runInThisContext("(cell) => Atomics.waitAsync(cell, 0, 0, 5)")(context.cell);
  wait.value.then((how) => {
    log.push(how);
    vm.runInContext("Promise.resolve(7).then((n) => log.push(n))", context);
    console.log(log);
    server.close();
  });
});
