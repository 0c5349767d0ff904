// A server on a path, removed when it is closed.
const fs = require("node:fs");
const server = require("node:net").createServer().listen("/tmp/wake.sock");
server.on("listening", () => console.log("listening", fs.existsSync("/tmp/wake.sock")));
server.on("close", () => console.log("closed", fs.existsSync("/tmp/wake.sock")));
WebAssembly.instantiate(Buffer.from("0061736d0100000001050160" + "00017f" + "03020100" + "070501016600000a06010400412a0b", "hex")).then(({ instance }) => {
  console.log(instance.exports.f());
  server.close();
});
