// The server is closed when an object that stood for its use is gone.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const server = require("node:net").createServer();
const registry = new FinalizationRegistry((name) => {
  console.log(name, "is gone");
  server.close();
});
server.on("close", () => console.log("closed"));
server.listen(0, "127.0.0.1", () => {
  (() => registry.register(new Map([[1, 2]]), "the last user"))();
  setImmediate(() => {
    gc();
    console.log("collected");
  });
});
