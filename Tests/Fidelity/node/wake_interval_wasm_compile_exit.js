// An interval that ticks does not stand in for a wake-up.
let ticks = 0;
setInterval(() => {
  if (++ticks === 6) {
    console.log("only ticks came");
    process.exit(1);
  }
}, 500);
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((module) => {
  console.log(WebAssembly.Module.exports(module), ticks < 3);
  process.exit(7);
});
