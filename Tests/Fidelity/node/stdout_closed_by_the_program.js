require("node:fs").closeSync(1);
process.on("exit", () => console.error("exit handler"));
setTimeout(() => console.error("stderr still works"), 1);
