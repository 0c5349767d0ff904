const { Readable, Transform, Writable, pipeline, compose, PassThrough, Duplex } = require("node:stream");
const { pipeline: piped, finished } = require("node:stream/promises");
(async () => {
  const upper = () => new Transform({ transform(chunk, encoding, done) { done(null, String(chunk).toUpperCase()); } });
  const out = [];
  await piped(Readable.from(["a", "b", "c"]), upper(), async function* (source) { for await (const c of source) yield c + "!"; }, new Writable({ write(c, e, done) { out.push(String(c)); done(); } }));
  console.log(out);
  console.log(await Readable.from([1, 2, 3, 4]).filter((n) => n % 2).map((n) => n * 10).toArray());
  pipeline(Readable.from(["x"]), new Transform({ transform(c, e, done) { done(new Error("in transform")); } }), new PassThrough(), (error) => console.log(error.message));
  const half = Duplex.from(async function* (source) { for await (const c of source) yield String(c).length; });
  half.end("four");
  for await (const n of half) console.log(n);
  const destroyed = new PassThrough();
  setImmediate(() => destroyed.destroy(new Error("gone")));
  await finished(destroyed).catch((error) => console.log(error.message));
  const slow = new Writable({ highWaterMark: 2, write(c, e, done) { setImmediate(done); } });
  console.log(slow.write("abc"), slow.writableNeedDrain, slow.writableLength);
})();
