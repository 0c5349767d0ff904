process.on("exit", (code) => {
  console.log("first", code);
  process.exit(5);
});
process.on("exit", () => console.log("second is not reached"));
process.exitCode = 4;
