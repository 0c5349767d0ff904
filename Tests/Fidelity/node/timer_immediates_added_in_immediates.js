setImmediate(() => {
  console.log("first");
  setImmediate(() => console.log("next round"));
  process.nextTick(() => console.log("tick between"));
});
setImmediate(() => console.log("second"));
