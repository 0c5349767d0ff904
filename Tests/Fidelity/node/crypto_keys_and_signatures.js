const crypto = require("node:crypto");
for (const [type, options, algorithm] of [["ed25519", {}, null], ["ec", { namedCurve: "P-256" }, "sha256"], ["rsa", { modulusLength: 1024 }, "sha256"]]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  const signature = crypto.sign(algorithm, Buffer.from("message"), privateKey);
  console.log(type, crypto.verify(algorithm, Buffer.from("message"), publicKey, signature), crypto.verify(algorithm, Buffer.from("other"), publicKey, signature));
  console.log(publicKey.asymmetricKeyType, privateKey.type, publicKey.export({ type: "spki", format: "pem" }).split("\n")[0]);
}
const fixed = crypto.createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }, format: "jwk" });
console.log(crypto.sign(null, Buffer.from("x"), fixed).toString("hex"));
const a = crypto.createECDH("secp256k1"), b = crypto.createECDH("secp256k1");
a.generateKeys(); b.generateKeys();
console.log(a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())));
crypto.generateKeyPair("x25519", undefined, (error, publicKey) => console.log(error, publicKey.asymmetricKeyType));
