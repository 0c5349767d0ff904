// Short ticks before, during and after the wake-up.
const add = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
let ticks = 0;
let sum;
const keeper = setInterval(() => {
  ticks++;
  if (sum === undefined && ticks < 1000) return;
  console.log(sum, ticks < 1000);
  clearInterval(keeper);
}, 3);
WebAssembly.instantiate(add).then(({ instance }) => {
  sum = instance.exports.add(40, 2);
});
process.on("exit", () => console.log("no ticks left"));
