const pool = Buffer.from("pooled");
const second = Buffer.from("second");
console.log(pool.buffer === second.buffer, pool.buffer.byteLength, Buffer.poolSize, Buffer.alloc(4).buffer.byteLength);
// What the pool holds at the start is of this process alone: no text of another may be in it.
const rest = Buffer.from(pool.buffer).toString("latin1").replace(/[^\x20-\x7e]/g, "");
console.log(/secret|password|require|warm/i.test(rest));
const offsets = Array.from({ length: 3 }, () => Buffer.allocUnsafe(100).byteOffset);
console.log(offsets.every((n) => n % 8 === 0), offsets[1] - offsets[0], Buffer.allocUnsafe(10).fill(0).length, Buffer.allocUnsafeSlow(10).buffer.byteLength);
