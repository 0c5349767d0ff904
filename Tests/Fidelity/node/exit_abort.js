process.on("exit", () => console.log("never"));
console.log("before");
process.on("SIGABRT", () => console.log("never"));
require("node:fs").closeSync(2);
process.abort();
