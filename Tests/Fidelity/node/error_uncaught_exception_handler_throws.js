process.on("uncaughtException", (error) => {
  console.log("caught", error.message);
  throw new Error("thrown by the handler");
});
throw new Error("first");
