const crypto = require("node:crypto");
for (const name of ["md5", "sha1", "sha256", "sha512", "sha3-256", "blake2b512", "ripemd160", "sm3"])
  try { console.log(name, crypto.createHash(name).update("abc").digest("hex")); } catch (e) { console.log(name, e.message); }
console.log(crypto.hash("sha256", "abc", "base64"), crypto.createHmac("sha256", "key").update("a").update("bc").digest("base64url"));
console.log(crypto.createHash("shake256", { outputLength: 8 }).update("x").digest("hex"));
const hash = crypto.createHash("sha256").update("shared");
console.log(hash.copy().update("1").digest("hex") !== hash.copy().update("2").digest("hex"));
console.log(crypto.getHashes().length, crypto.getCiphers().length, crypto.getCurves().length, crypto.getFips());
console.log(crypto.timingSafeEqual(Buffer.from("a"), Buffer.from("a")), crypto.constants.defaultCoreCipherList.length);
