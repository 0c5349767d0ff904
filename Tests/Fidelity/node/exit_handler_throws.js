process.on("exit", () => {
  throw new Error("in the exit handler");
});
console.log("main");
