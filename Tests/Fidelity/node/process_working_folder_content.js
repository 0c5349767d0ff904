const fs = require("node:fs");
console.log(fs.readdirSync("."), fs.readdirSync("/tmp"), fs.readdirSync("/dev/shm"), fs.statSync(".").uid, fs.statSync("main.js").uid);
console.log(fs.readdirSync("lib"), (fs.statSync("lib").mode & 0o777).toString(8));
