// The loop over ticks is left by a flag that a compilation sets.
const { setInterval: every } = require("node:timers/promises");
let compiled;
const order = [];
(async () => {
  let ticks = 0;
  for await (const value of every(4, "tick")) {
    if (++ticks === 1) {
      order.push(value);
      WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((result) => { compiled = result; });
    }
    if (compiled || ticks === 800) break;
  }
  order.push(compiled ? "compiled" : "only ticks came");
  console.log(order.join());
})();
