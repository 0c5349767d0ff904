import { setTimeout as sleep } from "node:timers/promises";
await sleep(2);
setTimeout(() => { throw new RangeError("after the module was evaluated"); }, 1);
await sleep(500);
console.log("never");
