const fs = require("node:fs");
fs.mkdirSync("a/b/c", { recursive: true });
fs.writeFileSync("a/one.txt", "one\n");
fs.appendFileSync("a/one.txt", "two\n");
fs.copyFileSync("a/one.txt", "a/b/copy.txt");
fs.symlinkSync("one.txt", "a/link");
fs.linkSync("a/one.txt", "a/hard");
fs.renameSync("a/b/copy.txt", "a/b/c/moved.txt");
console.log(fs.readdirSync("a", { recursive: true }).sort());
console.log(fs.readdirSync("a", { withFileTypes: true }).map((e) => [e.name, e.isFile(), e.isDirectory(), e.isSymbolicLink()]).sort());
const { size, nlink, mode, uid, gid } = fs.statSync("a/one.txt");
console.log(size, nlink, mode.toString(8), uid, gid, fs.lstatSync("a/link").isSymbolicLink(), fs.readlinkSync("a/link"));
fs.truncateSync("a/one.txt", 2);
fs.chmodSync("a/one.txt", 0o600);
fs.utimesSync("a/one.txt", 1000, 2000);
console.log(fs.readFileSync("a/hard", "utf8"), fs.statSync("a/one.txt").mtimeMs, fs.statSync("a/one.txt", { bigint: true }).mtimeNs);
console.log(fs.existsSync("a/nothing"), fs.statSync("a/nothing", { throwIfNoEntry: false }));
fs.cpSync("a", "copy", { recursive: true });
console.log(fs.globSync("copy/**/*.txt").sort(), fs.realpathSync("a/link"));
const made = fs.mkdtempSync("/tmp/x-");
console.log(made.length, fs.statSync(made).isDirectory());
fs.rmSync("a", { recursive: true });
console.log(fs.readdirSync(".").sort());
try { fs.rmdirSync("copy"); } catch (error) { console.log(error.message); }
try { fs.mkdirSync("copy"); } catch (error) { console.log(error.message); }
