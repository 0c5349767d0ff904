const cluster = require("node:cluster");
const http = require("node:http");
if (cluster.isPrimary) {
  const worker = cluster.fork();
  cluster.on("listening", (w, { port }) => {
    http.get({ port, host: "127.0.0.1" }, (answer) => answer.setEncoding("utf8").on("data", (text) => {
      console.log(text);
      worker.kill();
    }));
  });
  cluster.on("exit", (w, code, signal) => console.log("worker", code, signal, w.exitedAfterDisconnect));
} else {
  http.createServer((request, answer) => answer.end("from worker " + cluster.worker.id)).listen(0, "127.0.0.1");
}
