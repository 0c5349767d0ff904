// A timer is refreshed at each wake-up, so that it is never due.
const cell = new Int32Array(new SharedArrayBuffer(4));
const late = setTimeout(() => { console.log("slept through"); process.exit(1); }, 3000);
(async () => {
  for (let round = 0; round < 10; round++) {
    const { value } = Atomics.waitAsync(cell, 0, 0, round % 2 ? 2 : undefined);
    if (round % 2 === 0) setImmediate(() => Atomics.notify(cell, 0));
    console.log(round, await value);
    late.refresh();
  }
  late.close();
})();
