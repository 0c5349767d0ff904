const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
const view = new Uint8Array(buffer);
buffer.resize(16);
console.log(view.length, buffer.transfer(4).byteLength, buffer.detached, new Float32Array([1.5, NaN]), new DataView(new ArrayBuffer(4)).getFloat32(0), Uint8Array.from([1, 2, 3]).toReversed());
const shared = new Int32Array(new SharedArrayBuffer(8));
console.log(Atomics.add(shared, 0, 5), Atomics.compareExchange(shared, 0, 5, 9), Atomics.load(shared, 0), Atomics.isLockFree(4), new Float16Array([1.1])[0]);
