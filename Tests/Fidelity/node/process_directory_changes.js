const fs = require("node:fs");
const { execSync } = require("node:child_process");
fs.mkdirSync("below/deeper", { recursive: true });
process.chdir("below");
fs.writeFileSync("here.txt", "in below");
console.log(process.cwd(), fs.existsSync("/workspace/below/here.txt"), execSync("pwd").toString().trim());
process.chdir("deeper");
console.log(process.cwd(), require("node:path").resolve("x"), fs.realpathSync("."));
console.log(require("module").createRequire(__filename).resolve("./main.js"));
try {
  process.chdir("/nowhere");
} catch (error) {
  console.log(error.message);
}
fs.rmSync("/workspace/below", { recursive: true });
try {
  process.cwd();
} catch (error) {
  console.log(error.code, error.syscall);
}
