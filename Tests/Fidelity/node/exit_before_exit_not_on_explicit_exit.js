process.on("beforeExit", () => console.log("never"));
process.on("exit", (code) => console.log("exit", code));
setTimeout(() => process.exit(), 5);
setTimeout(() => console.log("never"), 2000);
