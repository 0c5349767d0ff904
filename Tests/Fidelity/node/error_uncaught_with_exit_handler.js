process.on("exit", (code) => {
  console.log("exit", code, process.exitCode);
  process.exitCode = 99;
});
throw new Error("with an exit handler");
