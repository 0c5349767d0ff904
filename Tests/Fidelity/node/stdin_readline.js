const readline = require("node:readline");
const lines = readline.createInterface({ input: process.stdin });
let number = 0;
lines.on("line", (line) => console.log(++number, JSON.stringify(line)));
lines.on("close", () => console.log("close", number));
