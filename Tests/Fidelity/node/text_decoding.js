for (const [label, bytes] of [["utf-8", [0xef, 0xbb, 0xbf, 0xc3, 0xbc]], ["utf-16le", [0x3d, 0xd8, 0x00, 0xde]], ["utf-16be", [0, 65]], ["windows-1252", [0x80, 0xe9]], ["iso-8859-2", [0xb1]], ["shift_jis", [0x93, 0xfa, 0x96, 0x7b]], ["gb18030", [0xd6, 0xd0]], ["euc-kr", [0xc7, 0xd1]], ["koi8-r", [0xc1]], ["big5", [0xa4, 0xa4]]])
  console.log(label, JSON.stringify(new TextDecoder(label).decode(new Uint8Array(bytes))));
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
try { strict.decode(new Uint8Array([0xff])); } catch (error) { console.log(error.code, error.message); }
const streaming = new TextDecoder();
console.log(streaming.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + streaming.decode(new Uint8Array([0xac])));
console.log(new TextEncoder().encode("é\ud800"), new TextEncoder().encodeInto("éé", new Uint8Array(3)));
const { StringDecoder } = require("node:string_decoder");
const decoder = new StringDecoder("utf8");
console.log(decoder.write(Buffer.from([0xf0, 0x9f])), decoder.write(Buffer.from([0x8c, 0x8d])), JSON.stringify(decoder.end(Buffer.from([0xe2]))));
