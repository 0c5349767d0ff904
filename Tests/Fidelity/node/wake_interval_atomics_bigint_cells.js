// 64-bit cells; a cell that holds something else answers at once and wakes nothing.
const cells = new BigInt64Array(new SharedArrayBuffer(16));
const late = setInterval(() => {
  console.log("slept through");
  process.exit(1);
}, 4000);
console.log(Atomics.waitAsync(cells, 0, 1n), Atomics.waitAsync(cells, 0, 0n, 0));
const first = Atomics.waitAsync(cells, 0, 0n, 20);
const second = Atomics.waitAsync(cells, 1, 0n);
Promise.all([first.value, second.value]).then((how) => {
  console.log(how);
  clearInterval(late);
});
Atomics.add(cells, 1, 5n);
console.log(Atomics.notify(cells, 1), Atomics.notify(cells, 1));
