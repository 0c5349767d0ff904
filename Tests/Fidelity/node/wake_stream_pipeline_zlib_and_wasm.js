// A stream whose middle waits for a compilation of each part, between packing and unpacking.
const { pipeline } = require("node:stream/promises");
const { Readable, Transform, Writable } = require("node:stream");
const zlib = require("node:zlib");
const keeper = setTimeout(() => console.log("slept through"), 4000);
const parts = Array.from({ length: 5 }, (_, n) => Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 3, 1, 110, n]));
const compiled = [];
pipeline(
  Readable.from(parts, { objectMode: false }), zlib.createGzip(), zlib.createGunzip(),
  async function* (source) {
    let rest = Buffer.alloc(0);
    for await (const part of source) rest = Buffer.concat([rest, part]);
    for (let at = 0; at < rest.length; at += 13) yield rest.subarray(at, at + 13);
  },
  new Transform({ readableObjectMode: true, transform(part, encoding, done) { WebAssembly.compile(part).then((made) => done(null, made), done); } }),
  new Writable({ objectMode: true, write(made, encoding, done) { compiled.push(new Uint8Array(WebAssembly.Module.customSections(made, "n")[0])[0]); setImmediate(done); } }),
).then(() => {
  console.log(compiled.join());
  clearTimeout(keeper);
});
