// A byte that is not UTF-8 becomes U+FFFD, in the program as in what it reads.
const fs = require("node:fs");
fs.writeFileSync("odd.js", Buffer.from("module.exports = 'a\xffb';", "latin1"));
console.log(JSON.stringify(require("./odd.js")), fs.readFileSync("odd.js", "utf8").includes("\ufffd"));
