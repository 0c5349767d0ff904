process.on("exit", (code) => console.log("exit", code));
process.exitCode = 3;
Promise.reject(new TypeError("wins over exitCode"));
