// The main thread blocks in Atomics.wait and in a child while the compilation ends.
const late = setTimeout(() => console.log("slept through"), 4000);
const cell = new Int32Array(new SharedArrayBuffer(4));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("first");
  WebAssembly.compile(Buffer.from("00", "hex")).catch(({ name }) => {
    console.log("second", name);
    clearTimeout(late);
  });
  console.log(require("node:child_process").execFileSync("echo", ["from a child"], { encoding: "utf8" }).trim());
});
console.log(Atomics.wait(cell, 0, 0, 20));
