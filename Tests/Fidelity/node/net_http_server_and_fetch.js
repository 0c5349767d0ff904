const http = require("node:http");
const server = http.createServer((request, answer) => {
  let body = "";
  request.on("data", (part) => { body += part; }).on("end", () => {
    answer.writeHead(201, "Made", { "X-Echo": request.headers["x-in"] ?? "none", "Set-Cookie": ["a=1", "b=2"] });
    answer.end(JSON.stringify({ method: request.method, url: request.url, body }));
  });
});
server.listen(0, "127.0.0.1", async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const answer = await fetch(base + "/path?q=1", { method: "POST", body: "posted", headers: { "X-In": "yes" } });
  console.log(answer.status, answer.statusText, answer.headers.get("x-echo"), answer.headers.getSetCookie(), await answer.json());
  const many = await Promise.all(Array.from({ length: 20 }, (_, i) => fetch(`${base}/${i}`).then((a) => a.json())));
  console.log(many.map((m) => m.url).join());
  const controller = new AbortController();
  controller.abort();
  await fetch(base, { signal: controller.signal }).catch((error) => console.log(error.name));
  server.close();
  server.closeAllConnections();
  await fetch("http://127.0.0.1:4999/").catch((error) => console.log(error.name, error.message, error.cause.code));
});
