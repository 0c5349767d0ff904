// Microtasks go on for a while: the compilation has to wait, and comes right after them.
const late = setTimeout(() => console.log("slept through"), 4000);
let count = 0;
let compiled = false;
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  compiled = true;
  console.log("compiled", count);
  clearTimeout(late);
});
(function again() {
  if (++count < 50000) return queueMicrotask(again);
  console.log("starved it", !compiled);
})();
