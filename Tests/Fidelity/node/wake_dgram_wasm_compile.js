// A bound socket keeps the loop alive; the wake-up sends the message that ends it.
const socket = require("node:dgram").createSocket("udp4");
socket.on("message", (message, from) => {
  console.log(String(message), from.address, message.length);
  socket.close();
});
socket.on("close", () => console.log("closed"));
socket.bind(0, "127.0.0.1", () => {
  console.log("bound");
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => socket.send("compiled", socket.address().port, "127.0.0.1"));
});
