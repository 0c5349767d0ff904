// The thread pool wakes a loop that waits on a server, once for each kind of work.
const crypto = require("node:crypto");
const { promisify } = require("node:util");
const server = require("node:net").createServer().listen(0, "127.0.0.1", async () => {
  const hex = (bytes) => Buffer.from(bytes).toString("hex");
  console.log(hex(await promisify(crypto.pbkdf2)("a", "b", 2, 8, "sha256")));
  console.log(hex(await promisify(crypto.scrypt)("a", "b", 8, { N: 2 })));
  console.log(hex(await promisify(crypto.hkdf)("sha256", "a", "b", "c", 8)));
  console.log((await promisify(crypto.randomBytes)(9)).length, (await promisify(crypto.randomInt)(1)) === 0);
  console.log(await promisify(crypto.checkPrime)(97n), (await promisify(crypto.generateKey)("hmac", { length: 64 })).type);
  server.close(() => console.log("closed"));
});
