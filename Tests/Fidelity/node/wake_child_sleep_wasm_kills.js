// A child keeps the loop alive for long; the wake-up kills it.
const { spawn } = require("node:child_process");
const child = spawn("sleep", ["5"]);
child.on("exit", (code, signal) => console.log("exit", code, signal));
child.on("close", () => console.log("close", child.killed));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled", child.exitCode, child.kill());
});
