setTimeout(() => {
  console.log("exiting");
  process.exit(8);
}, 5);
await new Promise((done) => setTimeout(done, 5000));
export {};
