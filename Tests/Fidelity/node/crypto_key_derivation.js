const crypto = require("node:crypto");
console.log(crypto.pbkdf2Sync("secret", "salt", 1000, 20, "sha512").toString("hex"));
console.log(crypto.scryptSync("secret", "salt", 20, { N: 1024 }).toString("hex"));
console.log(Buffer.from(crypto.hkdfSync("sha256", "key", "salt", "info", 20)).toString("hex"));
crypto.pbkdf2("secret", "salt", 1000, 20, "sha512", (error, key) => {
  console.log(error, key.toString("hex"));
  crypto.hkdf("sha256", "key", "salt", "info", 20, (error, key) => console.log(error, Buffer.from(key).toString("hex")));
});
