let rounds = 0;
process.on("beforeExit", (code) => {
  console.log("beforeExit", code, ++rounds);
  if (rounds < 3) setTimeout(() => console.log("more work", rounds), 1);
});
process.on("exit", (code) => {
  console.log("exit", code);
  setTimeout(() => console.log("no timer runs any more"), 0);
  Promise.resolve().then(() => console.log("a microtask"));
  process.nextTick(() => console.log("no tick runs any more"));
});
process.once("exit", () => console.log("second listener"));
console.log("main done");
