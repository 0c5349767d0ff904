// Web streams over the pool, a tee of them, and the end of what was read.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const server = require("node:net").createServer().listen(0, "127.0.0.1");
const registry = new FinalizationRegistry((held) => server.close(() => console.log("closed", held)));
async function read() {
  const blob = new Blob(["wake ".repeat(200), "up"]);
  const [left, right] = blob.stream().pipeThrough(new CompressionStream("deflate")).tee();
  registry.register(blob, "by the blob's end");
  const text = await new Response(left.pipeThrough(new DecompressionStream("deflate"))).text();
  const packed = await new Response(right).arrayBuffer();
  console.log(text.length, text.slice(-6), packed.byteLength < 200);
}
read().then(() => {
  const keeper = setInterval(() => { gc(); }, 10);
  server.on("close", () => clearInterval(keeper));
});
