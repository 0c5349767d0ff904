// A handler alone keeps nothing alive; a timer does, and the signal is sent when a module is ready.
const late = setTimeout(() => console.log("slept through"), 4000);
process.on("SIGUSR2", () => {
  console.log("signal");
  clearTimeout(late);
});
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  process.kill(process.pid, "SIGUSR2");
  console.log("sent");
  setImmediate(() => process.kill(process.pid, 0) && console.log("alive"));
});
