const first = process.hrtime.bigint();
let last = first;
let backwards = 0;
for (let i = 0; i < 1000; i++) {
  const now = process.hrtime.bigint();
  if (now < last) backwards++;
  last = now;
}
console.log(backwards, last > first, typeof last);
const pair = process.hrtime();
const difference = process.hrtime(pair);
console.log(pair.length, difference[0] === 0, difference[1] >= 0);
// Timers count whole milliseconds, of which the first had begun when this one was set.
setTimeout(() => {
  const waited = process.hrtime(pair);
  const ms = waited[0] * 1000 + waited[1] / 1e6;
  console.log(ms > 29 && ms < 5000);
}, 30);
