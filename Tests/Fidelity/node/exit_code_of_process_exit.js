process.on("exit", (code) => console.log("leaving with", code, process.exitCode));
process.exit(42);
