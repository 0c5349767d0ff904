const v8 = require("node:v8");
const value = { n: 1n, date: new Date(5), map: new Map([[1, new Set(["a"])]]), re: /x/g, buf: Buffer.from("b"), err: new RangeError("r"), arr: [1, , 3], nan: NaN };
value.self = value;
const back = v8.deserialize(v8.serialize(value));
console.log(back, back.self === back);
console.log(v8.serialize({ a: [1, "x"] }).toString("hex"));
const cloned = structuredClone(value);
console.log(cloned.map, cloned.err instanceof RangeError, cloned.self === cloned);
const moved = new ArrayBuffer(8);
console.log(structuredClone(moved, { transfer: [moved] }).byteLength, moved.detached);
for (const bad of [() => {}, Symbol("s"), new WeakMap()]) try { structuredClone(bad); } catch (error) { console.log(error.name, error.message); }
