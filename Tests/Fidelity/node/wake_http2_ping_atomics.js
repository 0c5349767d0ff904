// Pings go back and forth before the waits, after them and between.
const http2 = require("node:http2");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = http2.createServer().listen(0, "127.0.0.1", () => {
  const session = http2.connect("http://127.0.0.1:" + server.address().port);
  const ping = () => new Promise((done, fail) => session.ping(Buffer.from("wake up!"), (error, took, payload) => (error ? fail(error) : done(String(payload)))));
  session.on("connect", async () => {
    for (const time of [1, 20]) {
      console.log(await ping(), await Atomics.waitAsync(cell, 0, 0, time).value);
    }
    session.destroy();
    server.close(() => console.log("closed"));
  });
});
