const handler = () => {
  console.log("handled");
  setTimeout(() => {
    process.off("SIGTERM", handler);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => console.log("never"), 3000);
  }, 20);
};
process.on("SIGTERM", handler);
process.kill(process.pid, "SIGTERM");
setTimeout(() => {}, 3000);
