// A snapshot is streamed in parts; a collection and its finalizer come after it.
const v8 = require("node:v8");
v8.setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const server = require("node:net").createServer().listen(0, "127.0.0.1");
const registry = new FinalizationRegistry((held) => server.close(() => console.log("closed", held)));
let marker = { marker: 1 };
registry.register(marker, "after the snapshot");
let begin, length = 0;
v8.getHeapSnapshot().setEncoding("utf8").on("data", (part) => {
  begin ??= part.slice(0, 20);
  length += part.length;
}).on("end", () => {
  console.log(begin, length > 1000000, marker.marker);
  marker = null;
  setImmediate(gc);
});
process.on("exit", (code) => console.log("exit", code, registry instanceof FinalizationRegistry));
