const log = [];
const proxy = new Proxy({ a: 1 }, { get: (t, k, r) => (log.push("get " + String(k)), Reflect.get(t, k, r)), has: (t, k) => (log.push("has " + k), k in t), ownKeys: (t) => (log.push("keys"), Reflect.ownKeys(t)), deleteProperty: () => false });
console.log(proxy.a, "a" in proxy, { ...proxy }, log, Reflect.ownKeys({ b: 1, 2: 2, [Symbol("s")]: 3 }), Reflect.construct(Date, [0]).getTime());
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
try { revoked.x; } catch (error) { console.log(error.message); }
const tagged = (strings, ...values) => strings.raw.join("|") + values;
console.log(tagged`a${1}\n${2}`, 2n ** 100n, BigInt.asIntN(8, 255n), 0.1 + 0.2, (25).toString(36), Number("0b101"), 1e21 + 1, Math.fround(5.5), Math.hypot(3, 4), Math.clz32(1));
