const { subtle } = globalThis.crypto;
(async () => {
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode("abc"));
  console.log(Buffer.from(digest).toString("hex"));
  const raw = new Uint8Array(16).fill(7);
  const key = await subtle.importKey("raw", raw, "AES-GCM", true, ["encrypt", "decrypt"]);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, new TextEncoder().encode("hi"));
  console.log(Buffer.from(sealed).toString("hex"));
  console.log(new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, sealed)));
  const pair = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const signature = await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, raw);
  console.log(signature.byteLength, await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, pair.publicKey, signature, raw));
  await subtle.digest("NOTHING", raw).catch((error) => console.log(error.name, error.message));
  const bits = await subtle.deriveBits({ name: "PBKDF2", salt: raw, iterations: 1000, hash: "SHA-256" },
    await subtle.importKey("raw", raw, "PBKDF2", false, ["deriveBits"]), 128);
  console.log(Buffer.from(bits).toString("hex"), crypto === require("crypto").webcrypto);
})();
