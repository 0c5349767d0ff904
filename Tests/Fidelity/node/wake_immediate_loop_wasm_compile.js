// The loop never waits, and still has to see that there is something to do.
const end = performance.now() + 4000;
let done = false;
let turns = 0;
(function turn() {
  turns++;
  if (done) return console.log("stopped", turns > 1);
  if (performance.now() > end) return console.log("spun in vain");
  setImmediate(turn);
})();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled");
  done = true;
});
