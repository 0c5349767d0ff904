const http = require("node:http");
const crypto = require("node:crypto");
const server = http.createServer().on("upgrade", (request, socket) => {
  const accept = crypto.createHash("sha1").update(request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  socket.write(Buffer.concat([Buffer.from([0x81, 5]), Buffer.from("frame")]));
  socket.end(Buffer.from([0x88, 2, 3, 232]));
});
server.listen(0, "127.0.0.1", () => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  socket.onopen = () => console.log("open", socket.readyState);
  socket.onmessage = ({ data }) => console.log(data);
  socket.onclose = ({ code, wasClean }) => { console.log(code, wasClean); server.close(); server.closeAllConnections(); process.exit(); };
});
