const net = require("node:net");
const fs = require("node:fs");
const server = net.createServer((socket) => socket.end("hello over " + server.address())).listen("/tmp/sock", () => {
  console.log(fs.statSync("/tmp/sock").isSocket());
  net.connect("/tmp/sock").setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => {
    server.close(() => console.log(fs.existsSync("/tmp/sock")));
  });
});
const abstract = net.createServer((socket) => socket.end("abstract")).listen("\0name", () => {
  net.connect("\0name").setEncoding("utf8").on("data", (text) => console.log(text)).on("close", () => abstract.close());
});
