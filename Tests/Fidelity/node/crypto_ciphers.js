const crypto = require("node:crypto");
const key = Buffer.alloc(32, 1), iv = Buffer.alloc(16, 2), nonce = Buffer.alloc(12, 3);
const cbc = crypto.createCipheriv("aes-256-cbc", key, iv);
console.log(cbc.update("secret text", "utf8", "hex") + cbc.final("hex"));
for (const name of ["aes-256-gcm", "chacha20-poly1305"]) {
  const cipher = crypto.createCipheriv(name, key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from("header"), { plaintextLength: 4 });
  const sealed = Buffer.concat([cipher.update("text"), cipher.final()]);
  console.log(name, sealed.toString("hex"), cipher.getAuthTag().toString("hex"));
  const open = crypto.createDecipheriv(name, key, nonce, { authTagLength: 16 });
  open.setAuthTag(Buffer.alloc(16));
  open.update(sealed);
  try { open.final(); } catch (error) { console.log(error.message); }
}
