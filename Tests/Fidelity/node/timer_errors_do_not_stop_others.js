process.on("uncaughtException", (error) => console.log("caught", error.message));
setTimeout(() => { throw new Error("one"); }, 1);
setTimeout(() => console.log("two"), 1);
setTimeout(() => console.log("three"), 5);
