const fs = require("node:fs");
const opened = [];
try {
  for (;;) opened.push(fs.openSync("/dev/null"));
} catch (error) {
  console.log(error.code, opened.at(-1));
}
for (const fd of opened) fs.closeSync(fd);
console.log("still fine", fs.readFileSync("main.js", "utf8").length > 0);
