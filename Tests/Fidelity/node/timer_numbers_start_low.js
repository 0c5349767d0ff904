// Async and timer ids count from a young process.
console.log(Number(setTimeout(() => {}, 1)) < 20, Number(setTimeout(() => {}, 1)) < 20);
const { executionAsyncId, triggerAsyncId } = require("node:async_hooks");
console.log(executionAsyncId(), triggerAsyncId());
