process.on("uncaughtException", (error, origin) => console.log(error.message, origin));
Promise.reject(new Error("first"));
setTimeout(() => Promise.reject("second, no error"), 1);
