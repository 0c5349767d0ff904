// The promise of a compilation is settled by a task that must wake the loop out of its wait.
const late = setTimeout(() => console.log("slept through"), 4000);
const start = performance.now();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((module) => {
  console.log(module instanceof WebAssembly.Module, performance.now() - start < 2000);
  clearTimeout(late);
});
process.on("exit", (code) => console.log("exit", code, performance.now() - start < 3000));
console.log("waiting");
