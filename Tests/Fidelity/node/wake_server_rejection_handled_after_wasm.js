// A rejection waits for its handler, which a compilation's wake-up brings: too late.
const server = require("node:net").createServer().listen(0, "127.0.0.1");
process.on("unhandledRejection", (reason) => console.log("unhandled", reason.message));
process.on("rejectionHandled", () => {
  console.log("handled after all");
  server.close();
});
const rejected = Promise.reject(new Error("early"));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => setImmediate(() => rejected.catch((error) => console.log("caught", error.message))));
