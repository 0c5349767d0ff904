const { X509Certificate, createPrivateKey } = require("node:crypto");
console.log(require("tls").rootCertificates.length > 100, require("tls").getCiphers().length);
const root = new X509Certificate(require("tls").rootCertificates[0]);
console.log(root.ca, root.subject === root.issuer, root.verify(root.publicKey), root.fingerprint256.length);
try { createPrivateKey("nonsense"); } catch (error) { console.log(error.code, error.message); }
