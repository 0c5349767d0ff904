setImmediate(() => {
  Promise.resolve().then(() => {
    process.nextTick(() => {
      console.log("deep");
      process.exit(11);
    });
  });
});
setTimeout(() => console.log("never"), 1000);
