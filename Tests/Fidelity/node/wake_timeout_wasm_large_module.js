// Large enough for helper threads to take part.
const { setTimeout: sleep } = require("node:timers/promises");
const leb = (n) => { const out = []; do { out.push((n & 127) | (n > 127 ? 128 : 0)); n >>>= 7; } while (n); return out; };
const section = (id, body) => [id, ...leb(body.length), ...body];
const count = 1500;
const bodies = Array.from({ length: count }, (_, n) => {
  const code = [0, 0x20, 0, 0x41, ...leb(n % 60), 0x6a, 0x20, 0, 0x6c, 0x0b];
  return [...leb(code.length), ...code];
}).flat();
const bytes = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0,
  ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7f]), ...section(3, [...leb(count), ...Array(count).fill(0)]),
  ...section(7, [2, 1, 97, 0, 1, 1, 98, 0, ...leb(count - 1)]), ...section(10, [...leb(count), ...bodies])]);
const controller = new AbortController();
sleep(4000, null, { signal: controller.signal }).then(() => console.log("slept through"), (error) => console.log(error.code));
WebAssembly.instantiate(bytes).then(({ instance: { exports } }) => {
  console.log(bytes.length > 15000, exports.a(2), exports.b(3));
  controller.abort();
});
