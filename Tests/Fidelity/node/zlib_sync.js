const zlib = require("node:zlib");
const text = Buffer.from("the quick brown fox ".repeat(500));
for (const name of ["gzip", "deflate", "deflateRaw", "brotliCompress", "zstdCompress"]) {
  const packed = zlib[name + "Sync"](text);
  const back = name.startsWith("de") ? name.replace("de", "in") : name === "gzip" ? "gunzip" : name.replace("Compress", "Decompress");
  console.log(name, packed.length < 300, zlib[back + "Sync"](packed).equals(text));
}
console.log(zlib.deflateSync("fixed").toString("hex"), zlib.crc32("hello"), zlib.unzipSync(zlib.gzipSync("x")).toString());
for (const [name, bytes] of [["gunzipSync", "nonsense"], ["inflateSync", ""], ["brotliDecompressSync", "bad data"], ["zstdDecompressSync", "bad data"]])
  try { zlib[name](Buffer.from(bytes)); } catch (error) { console.log(name, error.code, error.message); }
try { zlib.gunzipSync(zlib.gzipSync(text), { maxOutputLength: 100 }); } catch (error) { console.log(error.code, error.message); }
