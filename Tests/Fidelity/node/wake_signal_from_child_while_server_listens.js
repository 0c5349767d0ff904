// A child's signals reach a loop that waits on a server; each is answered by a compilation.
const { spawn } = require("node:child_process");
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  spawn("sh", ["-c", "kill -USR2 $PPID"]);
});
process.on("SIGUSR2", async () => {
  console.log("second");
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  console.log("compiled");
  spawn("sh", ["-c", "kill -HUP $PPID"]);
});
process.on("SIGHUP", () => server.close(() => {
  console.log("closed");
  process.exit(0);
}));
