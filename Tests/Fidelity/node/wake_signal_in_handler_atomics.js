// The handler begins a wait, whose end removes the handler and sends the signal for good.
const cell = new Int32Array(new SharedArrayBuffer(4));
setInterval(() => {}, 1000);
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
process.on("SIGTERM", function handler() {
  console.log("not yet");
  Atomics.waitAsync(cell, 0, 0, 5).value.then((how) => {
    console.log(how);
    process.off("SIGTERM", handler);
    process.kill(process.pid, "SIGTERM");
  });
});
process.kill(process.pid, "SIGTERM");
