// An interval changes its mind about keeping the process; the wait's end is what lets go of it.
const cell = new Int32Array(new SharedArrayBuffer(4));
const keeper = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
keeper.unref().ref().unref().ref();
console.log(keeper.hasRef());
Atomics.waitAsync(cell, 0, 0).value.then((how) => {
  console.log(how);
  keeper.unref();
  setImmediate(() => console.log("immediate", keeper.hasRef()));
});
setImmediate(() => console.log(Atomics.notify(cell, 0)));
process.on("exit", () => console.log("exit"));
