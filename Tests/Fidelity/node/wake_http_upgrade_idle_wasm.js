// After an upgrade both sides are plain idle sockets.
const http = require("node:http");
const server = http.createServer().on("upgrade", (request, socket) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: wake\r\nConnection: Upgrade\r\n\r\n");
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => socket.end("compiled"));
}).listen(0, "127.0.0.1", () => {
  const request = http.request({ port: server.address().port, host: "127.0.0.1", headers: { Connection: "Upgrade", Upgrade: "wake" } });
  request.on("upgrade", (answer, socket) => {
    console.log(answer.statusCode, answer.headers.upgrade);
    socket.setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => { socket.end(); server.close(); });
  }).end();
});
server.on("close", () => console.log("closed"));
