const { AsyncLocalStorage, AsyncResource } = require("node:async_hooks");
const storage = new AsyncLocalStorage();
const log = (where) => console.log(where, storage.getStore());
storage.run("outer", () => {
  process.nextTick(() => log("tick"));
  Promise.resolve().then(() => log("promise"));
  require("fs").stat(".", () => {
    log("fs");
    setTimeout(() => { log("timeout"); setImmediate(bound); }, 5);
  });
  storage.exit(() => log("exited"));
  storage.run({ nested: true }, async () => { await null; log("nested await"); });
});
log("outside");
const bound = storage.run("bound", () => AsyncResource.bind(() => {
  log("bound");
  storage.enterWith("entered");
  setImmediate(() => log("after enterWith"));
}));
console.log(typeof AsyncLocalStorage.snapshot);
