process.on("SIGTERM", (signal, number) => process.exit(128 + number));
process.kill(process.pid, "SIGTERM");
setTimeout(() => {}, 3000);
