const zlib = require("node:zlib");
const { promisify } = require("node:util");
const { pipeline } = require("node:stream/promises");
const { Readable } = require("node:stream");
(async () => {
  const text = "asynchronous ".repeat(5000);
  for (const [pack, unpack] of [["gzip", "gunzip"], ["deflate", "inflate"], ["brotliCompress", "brotliDecompress"], ["zstdCompress", "zstdDecompress"]])
    console.log(pack, (await promisify(zlib[unpack])(await promisify(zlib[pack])(text))).toString() === text);
  for (const [pack, unpack] of [["Gzip", "Gunzip"], ["BrotliCompress", "BrotliDecompress"], ["ZstdCompress", "ZstdDecompress"]]) {
    let length = 0;
    await pipeline(Readable.from([text, text]), zlib["create" + pack](), zlib["create" + unpack](), async function (source) {
      for await (const chunk of source) length += chunk.length;
    });
    console.log(pack, length === 2 * text.length);
  }
  const piped = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip")).pipeThrough(new DecompressionStream("gzip"));
  console.log((await new Response(piped).text()).length);
  await promisify(zlib.gunzip)(Buffer.from("bad")).catch((error) => console.log(error.code, error.errno));
})();
