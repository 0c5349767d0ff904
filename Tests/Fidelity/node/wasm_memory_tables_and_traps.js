const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 });
new Uint8Array(memory.buffer)[65535] = 7;
console.log(memory.grow(2), memory.buffer.byteLength, new Uint8Array(memory.buffer)[65535]);
try { memory.grow(100); } catch (error) { console.log(error.name, error.message); }
const shared = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
console.log(shared.buffer instanceof SharedArrayBuffer, Atomics.add(new Int32Array(shared.buffer), 0, 5));
// (func (export "trap") unreachable) (func (export "div") (param i32 i32) (result i32) ...) (func $deep (export "deep") call $deep)
const bytes = Buffer.from("0061736d01000000010a0260000060027f7f017f0304030001000715030474726170000003646976000104646565700002" + "0a120303 00000b0700200020016d0b04001002 0b".replaceAll(" ", ""), "hex");
const { trap, div, deep } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
for (const call of [trap, () => div(1, 0), () => div(-(2 ** 31), -1), deep])
  try { console.log(call()); } catch (error) { console.log(error.name, error.message); }
console.log(div(7, 2), new WebAssembly.Global({ value: "i64", mutable: true }, 5n).value, new WebAssembly.Table({ element: "anyfunc", initial: 3 }).length);
