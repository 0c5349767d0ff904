// The program computes while the compiler is long done, and then only waits.
const late = setTimeout(() => console.log("slept through"), 4000);
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled");
  clearTimeout(late);
});
const end = performance.now() + 40;
while (performance.now() < end);
console.log("busy no more");
