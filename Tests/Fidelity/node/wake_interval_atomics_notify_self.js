// Who notifies is the thread that waits.
const cells = new Int32Array(new SharedArrayBuffer(16));
const keeper = setInterval(() => {}, 700);
const give = setTimeout(() => {
  console.log("slept through");
  process.exit(1);
}, 4000);
for (const index of [0, 1, 2]) Atomics.waitAsync(cells, index, 0).value.then((how) => console.log("cell", index, how));
const same = [1, 2, 3].map((n) => Atomics.waitAsync(cells, 3, 0).value.then((how) => n + how));
console.log(Atomics.notify(cells, 0), Atomics.notify(cells, 1), Atomics.notify(cells, 2), Atomics.notify(cells, 3, 2), Atomics.notify(cells, 3));
Promise.all(same).then((list) => {
  console.log(list.join());
  clearInterval(keeper);
  clearTimeout(give);
});
