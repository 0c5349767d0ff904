// The wait begins before a timer and is ended in it, and so by turns.
const cells = new Int32Array(new SharedArrayBuffer(4));
let round = 0;
const late = setTimeout(() => console.log("slept through"), 4000);
(function again() {
  Atomics.waitAsync(cells, 0, round).value.then((how) => {
    console.log("round", round, how);
    if (round === 4) return clearTimeout(late);
    again();
  });
  setTimeout(() => {
    Atomics.store(cells, 0, ++round);
    console.log("notified", Atomics.notify(cells, 0));
  }, 2);
})();
