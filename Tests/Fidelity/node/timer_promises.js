const timers = require("node:timers/promises");
const { setTimeout: sleep, setImmediate: immediate, setInterval: every, scheduler } = timers;
(async () => {
  console.log(await sleep(5, "slept"), await immediate("soon"));
  let rounds = 0;
  for await (const value of every(2, "tick")) {
    console.log(value, ++rounds);
    if (rounds === 3) break;
  }
  await scheduler.wait(2);
  await scheduler.yield();
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("my reason")), 5);
  await sleep(5000, null, { signal: controller.signal }).catch((e) => console.log(e.name, e.code, e.cause.message));
  await require("util").promisify(setTimeout)(1, "promisified").then(console.log);
})();
