// The reader of a child's stdout goes away: EPIPE, not death by SIGPIPE.
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", `
  process.stdout.on("error", (error) => { console.error(error.code, error.syscall); process.exit(3); });
  setInterval(() => process.stdout.write("x".repeat(100000)), 5);`], { stdio: ["ignore", "pipe", "inherit"] });
child.stdout.once("data", () => child.stdout.destroy());
child.on("exit", (code, signal) => console.log(code, signal));
