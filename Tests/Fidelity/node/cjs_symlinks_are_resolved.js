const fs = require("node:fs");
fs.mkdirSync("real");
fs.writeFileSync("real/m.js", "module.exports = __filename;");
fs.symlinkSync("real", "linked");
fs.symlinkSync("main.js", "again.js");
console.log(require("./linked/m"), require("./real/m") === require("./linked/m"));
if (require("./again") === module.exports) console.log("the main module itself");
