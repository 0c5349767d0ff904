// All handles are unreferenced; a compilation in time references one, which then ends by itself.
const timer = setTimeout(() => console.log("timer"), 200).unref();
const server = require("node:net").createServer().listen(0, "127.0.0.1").unref();
console.log(timer.hasRef());
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  timer.ref();
  console.log("compiled", timer.hasRef(), server.listening);
});
process.on("exit", () => console.log("exit", server.listening));
