import { setTimeout as sleep } from "node:timers/promises";
console.log("one");
await sleep(5);
const text = await (await import("node:fs/promises")).readFile("package.json", "utf8");
console.log("two", text.length);
for await (const item of (async function* () { yield 1; await sleep(2); yield 2; })()) console.log(item);
await import("./child.js");
console.log("end");
