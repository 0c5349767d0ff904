require("node:net").createServer().listen(0, "127.0.0.1", () => {
  setInterval(() => {}, 1000);
  process.stdin.on("data", () => {});
  console.log("listening, and leaving all the same");
  process.exit(0);
});
