process.on("uncaughtException", (error, origin) => {
  console.log("caught", error.message, origin);
});
setTimeout(() => console.log("still running"), 5);
process.on("exit", (code) => console.log("exit", code));
throw new Error("handled");
