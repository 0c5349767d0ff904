// A listening server waits for ever: without the wake-up nothing ends this.
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => console.log("listening", server.address().family));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((module) => {
  console.log("compiled", String(module));
  server.close(() => console.log("closed"));
});
