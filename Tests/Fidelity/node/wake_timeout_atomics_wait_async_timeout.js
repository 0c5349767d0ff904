// The end of a waitAsync is a delayed task of the platform, not a timer of node.
const cell = new Int32Array(new SharedArrayBuffer(8));
const late = setTimeout(() => console.log("slept through"), 4000);
const start = performance.now();
const wait = Atomics.waitAsync(cell, 0, 0, 30);
console.log(wait.async, wait.value instanceof Promise);
wait.value.then((how) => {
  const took = performance.now() - start;
  console.log(how, took >= 25, took < 2000);
  clearTimeout(late);
});
