const { createHook, executionAsyncId, triggerAsyncId, executionAsyncResource } = require("node:async_hooks");
const kinds = new Map();
const hook = createHook({ init(id, type) { kinds.set(type, (kinds.get(type) ?? 0) + 1); }, destroy() {} }).enable();
const main = executionAsyncId();
setTimeout(() => {
  console.log(triggerAsyncId() === main, executionAsyncId() > main, executionAsyncResource().constructor.name);
  Promise.resolve().then(() => {
    hook.disable();
    console.log([...kinds].sort().map(String));
  });
}, 1);
require("fs").stat(".", () => {});
