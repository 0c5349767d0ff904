// Packed by the pool; what was packed is collected, and that is the last wake-up.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const zlib = require("node:zlib");
const late = setTimeout(() => console.log("slept through"), 4000);
const registry = new FinalizationRegistry((held) => {
  console.log("collected", held);
  clearTimeout(late);
});
(() => {
  const text = { bytes: Buffer.alloc(100000, "wake up ") };
  registry.register(text, "text");
  zlib.brotliCompress(text.bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }, (error, packed) => {
    zlib.brotliDecompress(packed, (error, whole) => {
      console.log(packed.length < 1000, whole.length);
      setImmediate(() => setImmediate(gc));
    });
  });
})();
