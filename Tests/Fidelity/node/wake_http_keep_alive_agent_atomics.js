// An idle kept-alive connection and its server, closed when a wait runs out.
const http = require("node:http");
const cell = new Int32Array(new SharedArrayBuffer(4));
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((request, answer) => answer.end("first")).listen(0, "127.0.0.1", () => {
  http.get({ port: server.address().port, host: "127.0.0.1", agent }, (answer) => {
    answer.resume().on("end", () => {
      console.log("answered", answer.headers.connection);
      Atomics.waitAsync(cell, 0, 0, 10).value.then((how) => {
        console.log(how, Object.values(agent.freeSockets).flat().length);
        agent.destroy();
        server.close(() => console.log("closed"));
      });
    });
  });
});
server.on("connection", (socket) => socket.on("close", () => console.log("connection closed")));
