process.stdout.write("x".repeat(900000) + "\n", () => {
  process.stderr.write("y".repeat(300000) + "\n", () => process.exit(3));
});
