let ticks = 0;
function again() {
  if (++ticks < 50000) process.nextTick(again);
  else console.log("ticks", ticks);
}
process.nextTick(again);
setImmediate(() => console.log("immediate after", ticks));
