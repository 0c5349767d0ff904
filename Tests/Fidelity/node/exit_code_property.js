process.exitCode = 7;
process.on("exit", (code) => {
  console.log("exit", code);
  process.exitCode = 9;
});
