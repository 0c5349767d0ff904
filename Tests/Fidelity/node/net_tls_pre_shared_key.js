const tls = require("node:tls");
const key = Buffer.alloc(16, 9);
const options = { ciphers: "PSK", maxVersion: "TLSv1.2" };
const server = tls.createServer({ ...options, pskCallback: (socket, identity) => (identity === "me" ? key : null) }, (socket) => {
  console.log("server", socket.getProtocol(), socket.encrypted);
  socket.end("secret greeting");
});
server.listen(0, "127.0.0.1", () => {
  const client = tls.connect({ ...options, port: server.address().port, checkServerIdentity: () => {}, pskCallback: () => ({ psk: key, identity: "me" }) });
  client.setEncoding("utf8").on("data", (text) => console.log(text, client.getCipher().name)).on("end", () => server.close());
});
