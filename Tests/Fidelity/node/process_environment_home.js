const os = require("node:os");
console.log(os.homedir(), process.env.HOME, os.userInfo().homedir, os.tmpdir());
process.env.TMPDIR = "/somewhere/";
process.env.HOME = "/there";
console.log(os.tmpdir(), os.homedir());
