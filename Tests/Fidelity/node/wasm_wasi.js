const { WASI } = require("node:wasi");
process.removeAllListeners("warning");
const wasi = new WASI({ version: "preview1", args: ["prog", "x"], env: { A: "1" }, preopens: { "/": "/workspace" } });
console.log(Object.keys(wasi.getImportObject().wasi_snapshot_preview1).length);
// (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))) (memory (export "memory") 1) (func (export "_start") i32.const 7 call 0)
const bytes = Buffer.from("0061736d0100000001080260017f00600000022401167761736 95f736e617073686f745f70726576696577310970726f635f657869740000030201010503010001071302066d656d6f727902000 65f737461727400010a08010600410710000b".replaceAll(" ", ""), "hex");
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), wasi.getImportObject());
console.log(wasi.start(instance));
