// Nothing handles it: the wake-up ends the process.
setTimeout(() => console.log("slept through"), 4000);
process.on("exit", (code) => console.log("exit", code));
WebAssembly.compile(Buffer.from("not a module"));
console.log("begun");
