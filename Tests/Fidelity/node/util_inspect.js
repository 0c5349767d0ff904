const util = require("node:util");
class Point { constructor() { this.x = 1; } get y() { return 2; } static s = 3; #hidden = 4; }
class Sub extends Map { extra = true; }
const circular = { name: "c" };
circular.self = circular;
const values = [new Point(), Point, class extends Point {}, new Sub([[1, { a: 2 }]]), circular, new WeakMap(), new Set([1, [2]]),
  Object.create(null), Object.create({ inherited: 1 }), new Date(NaN), new Date(0), /re/gi, function named() {}, () => {}, async () => {}, function* g() {},
  new Error("e", { cause: new Error("c") }).message, Promise.resolve(5), Promise.reject(6).catch(() => {}) && "p", new Promise(() => {}), new Proxy([1], {}),
  Symbol.iterator, [1, , 3], Object.assign([1], { k: "v" }), new Array(200).fill(7), "long ".repeat(30), new Uint8Array(5), new ArrayBuffer(3), Buffer.from("buf"),
  { "a-b": 1, [Symbol("s")]: 2, get g() { return 1; }, set g(v) {}, f() {} }, [[[[[]]]]], new Map([[{ k: 1 }, new Set()]]).entries(), globalThis.process === process,
  new (class extends Error { name = "Own"; })("msg").toString(), Object(1n), new String("s"), new Boolean(false), [undefined, null, NaN, -0], new URL("http://a/b?c#d"), new AbortController(), new Blob(["x"]), new TextEncoder()];
for (const value of values) console.log(value);
console.log(util.inspect({ a: { b: { c: { d: {} } } } }, { depth: Infinity, compact: false, sorted: true }));
console.log(util.inspect(new Proxy({ a: 1 }, {}), { showProxy: true }), util.inspect("it's", { compact: true }), util.inspect(123456789.123, { numericSeparator: true }));
console.log(util.inspect({ [util.inspect.custom]: (depth, options) => "custom " + depth + " " + options.breakLength }));
console.log(util.format("%s %s", "a"), util.format("no", "format", { x: [1] }), util.isDeepStrictEqual([{ a: 1 }], [{ a: 1 }]), util.types.isProxy(new Proxy({}, {})));
