const http = require("node:http");
const { text } = require("node:stream/consumers");
const server = http.createServer(async (request, answer) => {
  answer.write("got ");
  answer.end(String((await text(request)).length));
}).listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const body = new ReadableStream({ start(c) { for (let i = 0; i < 100; i++) c.enqueue(new TextEncoder().encode("x".repeat(1000))); c.close(); } });
  console.log(await (await fetch(url, { method: "POST", body, duplex: "half" })).text());
  console.log(await (await fetch(url, { method: "POST", body: new URLSearchParams({ a: "ä" }) })).text());
  server.close();
  server.closeAllConnections();
});
