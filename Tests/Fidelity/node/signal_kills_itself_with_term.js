console.log("before");
process.on("exit", () => console.log("never"));
process.kill(process.pid, "SIGTERM");
setTimeout(() => console.log("never"), 3000);
