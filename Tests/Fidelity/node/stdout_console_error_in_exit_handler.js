process.on("exit", () => {
  console.log("x".repeat(30000));
  console.error("last words");
  process.stdout.write("no newline at the end");
});
