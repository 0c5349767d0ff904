// The wake-up runs a start function that throws; nobody catches it.
setTimeout(() => console.log("slept through"), 4000);
process.on("uncaughtExceptionMonitor", (error, origin) => console.log("monitor", error.message, origin));
process.on("exit", (code) => console.log("exit", code));
WebAssembly.instantiate(Buffer.from("0061736d01000000010401600000020701016501660000080100", "hex"), {
  e: { f() { throw new RangeError("thrown by start"); } },
});
