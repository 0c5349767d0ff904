const http2 = require("node:http2");
const server = http2.createServer();
server.on("stream", (stream, headers) => {
  stream.respond({ ":status": 200, "x-path": headers[":path"] });
  stream.end("over http2");
});
server.listen(0, "127.0.0.1", () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const request = client.request({ ":path": "/two" });
  request.on("response", (headers) => console.log(headers[":status"], headers["x-path"]));
  request.setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => { client.close(); server.close(); });
});
