const { performance } = require("node:perf_hooks");
const start = performance.now();
const wall = Date.now();
setTimeout(() => {
  const waited = performance.now() - start;
  console.log(waited >= 199 && waited < 1500 ? "about 200 ms" : waited);
  const elapsed = Date.now() - wall;
  console.log(elapsed >= 195 && elapsed < 1500 ? "by the wall clock, too" : elapsed);
}, 200);
