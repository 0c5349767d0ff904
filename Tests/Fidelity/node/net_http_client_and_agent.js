const http = require("node:http");
const server = http.createServer((request, answer) => {
  if (request.url === "/chunks") {
    for (const part of ["one ", "two ", "three"]) answer.write(part);
    answer.end();
  } else if (request.url === "/drop") request.socket.destroy();
  else answer.end(request.headers.connection);
}).listen(0, "127.0.0.1", () => {
  const options = { port: server.address().port, host: "127.0.0.1", agent: new http.Agent({ keepAlive: true, maxSockets: 1 }) };
  const get = (path) => new Promise((done) => http.get({ ...options, path }, (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (d) => { text += d; }).on("end", () => done([answer.statusCode, answer.headers["transfer-encoding"], text]));
  }).on("error", (error) => done([error.code, error.message])));
  (async () => {
    for (const path of ["/", "/chunks", "/drop", "/"]) console.log(path, await get(path));
    options.agent.destroy();
    server.close(() => console.log("closed"));
  })();
});
