// An idle encrypted connection, and what a compilation writes to it.
const tls = require("node:tls");
const options = { ciphers: "PSK", maxVersion: "TLSv1.2" };
const psk = Buffer.alloc(16, 3);
const server = tls.createServer({ ...options, pskCallback: () => psk }, (socket) => {
  WebAssembly.instantiate(Buffer.from("0061736d01000000", "hex")).then(({ instance }) => socket.end("instance " + (instance instanceof WebAssembly.Instance)));
}).listen(0, "127.0.0.1", () => {
  const client = tls.connect({ ...options, port: server.address().port, host: "127.0.0.1", checkServerIdentity: () => {}, pskCallback: () => ({ psk, identity: "me" }) });
  client.setEncoding("utf8").on("data", (text) => console.log(text)).on("end", () => server.close(() => console.log("closed")));
});
