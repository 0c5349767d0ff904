// The wake-up ends the process by the signal of which a core would be left.
setInterval(() => {}, 400);
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3).value.then((how) => {
  console.log(how);
  process.kill(process.pid, "SIGQUIT");
});
