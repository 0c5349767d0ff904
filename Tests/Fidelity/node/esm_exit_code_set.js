process.exitCode = 21;
process.on("exit", (code) => console.log("exit", code));
await null;
console.log("evaluated");
export {};
