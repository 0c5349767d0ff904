// Timers that are due at once, again and again; each turn has room for what waits.
let rounds = 0;
let compiled = false;
const start = performance.now();
(function again() {
  rounds++;
  if (compiled) return console.log("compiled", rounds > 1);
  if (performance.now() - start > 4000) return console.log("only timers came");
  setTimeout(again, 0);
})();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => { compiled = true; });
