const { transcode, isUtf8, isAscii, constants, Blob, File, atob, btoa } = require("node:buffer");
const text = "Grüße 世界 🌍";
for (const encoding of ["utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex", "binary"]) console.log(encoding, Buffer.from(text, encoding.startsWith("base") || encoding === "hex" ? "latin1" : encoding).toString(encoding));
console.log(transcode(Buffer.from("€"), "utf8", "latin1"), transcode(Buffer.from("é"), "utf8", "utf16le"), isUtf8(Buffer.from([0xff])), isAscii(Buffer.from("a")));
const b = Buffer.alloc(16);
b.writeDoubleBE(Math.PI); b.writeBigInt64LE(-5n, 8);
console.log(b, b.readDoubleBE(), b.readBigInt64LE(8), b.swap64().length, b.indexOf(24), Buffer.compare(Buffer.from("a"), Buffer.from("b")));
try { b.readInt32LE(15); } catch (error) { console.log(error.code, error.message); }
try { Buffer.alloc(constants.MAX_LENGTH + 1); } catch (error) { console.log(error.code); }
console.log(constants.MAX_STRING_LENGTH, constants.MAX_LENGTH, atob(btoa("x")), new File(["abc"], "n.txt").name, new Blob(["abc"]).size, b.toJSON().type, Buffer.byteLength(text));
