// More requests than the pool has threads, of every kind at once.
const fs = require("node:fs/promises");
const crypto = require("node:crypto");
const zlib = require("node:zlib");
const dns = require("node:dns/promises");
const { promisify } = require("node:util");
(async () => {
  const all = await Promise.all([
    ...Array.from({ length: 12 }, (_, i) => fs.readFile(__filename, "utf8").then((t) => t.length > i)),
    ...Array.from({ length: 4 }, () => promisify(crypto.pbkdf2)("p", "s", 2000, 8, "sha256").then((b) => b.toString("hex"))),
    ...Array.from({ length: 4 }, () => promisify(zlib.gzip)("x".repeat(10000)).then((b) => zlib.gunzipSync(b).length)),
    dns.lookup("localhost", { family: 4 }).then((a) => a.address),
    promisify(crypto.randomBytes)(32).then((b) => b.length),
  ]);
  console.log(all.join(" "));
})();
