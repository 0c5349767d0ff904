// An answer that never ends by itself is ended when its subscription is collected.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const http = require("node:http");
const answers = new Map();
const registry = new FinalizationRegistry((id) => answers.get(id).end("data: gone\n\n"));
const server = http.createServer((request, answer) => {
  answer.writeHead(200, { "Content-Type": "text/event-stream" });
  answer.write("data: open\n\n");
  answers.set(1, answer);
  (() => registry.register({ subscription: 1 }, 1))();
  setImmediate(() => setImmediate(gc));
}).listen(0, "127.0.0.1", () => {
  http.get({ port: server.address().port, host: "127.0.0.1" }, (answer) => {
    answer.setEncoding("utf8").on("data", (text) => console.log(JSON.stringify(text))).on("end", () => server.close(() => console.log("closed")));
  });
});
