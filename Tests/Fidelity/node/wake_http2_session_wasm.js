// An idle session of HTTP/2 on both ends, closed by the wake-up.
const http2 = require("node:http2");
const server = http2.createServer().on("stream", (stream, headers) => {
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
    stream.respond({ ":status": 200 });
    stream.end("compiled for " + headers[":path"]);
  });
}).listen(0, "127.0.0.1", () => {
  const session = http2.connect("http://127.0.0.1:" + server.address().port);
  session.request({ ":path": "/one" }).setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => {
    WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => session.close());
  });
  session.on("close", () => { console.log("session closed"); server.close(() => console.log("closed")); });
});
