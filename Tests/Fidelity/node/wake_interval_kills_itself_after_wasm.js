// The wake-up ends the process by a signal.
setInterval(() => {}, 400);
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
process.on("exit", () => console.log("never"));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled");
  process.kill(process.pid, "SIGKILL");
});
