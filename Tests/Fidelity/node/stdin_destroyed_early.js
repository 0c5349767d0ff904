process.stdin.destroy();
process.stdin.on("close", () => {
  console.log("closed", process.stdin.destroyed);
  setTimeout(() => console.log("goes on"), 5);
});
