// Out-of-bounds accesses are caught by a SIGSEGV handler, which a forked interpreter must still have.
// (memory 1) (func (export "load") (param i32) (result i32) local.get 0 i32.load)
const bytes = Buffer.from("0061736d0100000001060160017f017f03020100050301000107080104" + "6c6f616400000a0901070020002802000b", "hex");
const { load } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
console.log(load(0), load(65532));
for (const at of [65533, 65536, 2 ** 31, -4])
  try { console.log(load(at)); } catch (error) { console.log(error.name, error.message); }
let caught = 0;
for (let i = 0; i < 50000; i++) try { load(70000 + i); } catch { caught++; }
console.log(caught);
