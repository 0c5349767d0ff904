process.on("SIGTERM", () => {});
process.once("SIGINT", () => {});
console.log("ends by itself");
