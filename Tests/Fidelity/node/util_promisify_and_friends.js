const util = require("node:util");
const slow = (x, done) => setTimeout(done, 1, x < 0 ? new Error("negative") : null, x * 2);
util.promisify(slow)(4).then(console.log);
util.promisify(slow)(-1).catch((error) => console.log(error.message));
util.callbackify(async (x) => x + 1)(1, (error, value) => console.log(error, value));
util.callbackify(() => Promise.reject(null))((error) => console.log(error.code, error.reason));
console.log(util.stripVTControlCharacters("\u001b[31mred\u001b[0m"), util.toUSVString("a\ud800"), util.getSystemErrorName(-2), util.getSystemErrorMap().size);
console.log(new util.MIMEType("text/html; charset=utf-8").params.get("charset"), util.parseEnv("A=1\nB='two words'\n# c\nC=\"x\\ny\""), util.inspect(new util.TextDecoder()).split("\n")[0]);
util.deprecate(() => {}, "first text", "DEP_A")();
util.deprecate(() => {}, "second text", "DEP_A")();
function Old() {} ; function New() {}
util.inherits(New, Old);
console.log(new New() instanceof Old, New.super_ === Old, util.diff?.("a", "b"));
