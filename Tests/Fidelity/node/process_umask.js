const fs = require("node:fs");
const mode = (name) => (fs.statSync(name).mode & 0o777).toString(8);
console.log(process.umask().toString(8), mode("main.js"), mode("."));
fs.writeFileSync("a", "");
process.umask(0o077);
fs.writeFileSync("b", "");
fs.mkdirSync("c");
console.log(mode("a"), mode("b"), mode("c"), process.umask().toString(8));
console.log(require("node:child_process").execSync("umask").toString().trim());
