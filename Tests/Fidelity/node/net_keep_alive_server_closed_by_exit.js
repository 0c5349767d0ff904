const http = require("node:http");
const server = http.createServer((request, answer) => answer.end("kept alive")).listen(0, "localhost", async () => {
  const answer = await fetch(`http://localhost:${server.address().port}/`);
  console.log(await answer.text(), answer.headers.get("keep-alive"));
  server.close(() => console.log("closed"));
  server.closeIdleConnections();
});
