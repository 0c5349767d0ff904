const handler = () => console.log("handled");
process.on("SIGTERM", handler);
process.kill(process.pid, "SIGTERM");
setTimeout(() => {
  process.off("SIGTERM", handler);
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => console.log("never"), 3000);
}, 50);
