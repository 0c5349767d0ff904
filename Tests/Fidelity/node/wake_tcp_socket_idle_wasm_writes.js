// An idle connection keeps both alive; the compiled module's answer is what is written at last.
const net = require("node:net");
const add = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
const server = net.createServer((socket) => {
  server.close();
  WebAssembly.instantiate(add).then(({ instance }) => socket.end("sum " + instance.exports.add(20, 3)));
}).listen(0, "127.0.0.1", () => {
  const socket = net.connect(server.address().port, "127.0.0.1");
  socket.setNoDelay().setKeepAlive(true).setEncoding("utf8");
  socket.on("data", (text) => console.log(text)).on("close", (hadError) => console.log("closed", hadError));
});
