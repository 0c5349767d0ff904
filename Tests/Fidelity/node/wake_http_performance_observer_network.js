// What the network did is observed while its server still listens.
const { PerformanceObserver } = require("node:perf_hooks");
const http = require("node:http");
const seen = new Set();
const observer = new PerformanceObserver((list) => {
  for (const { entryType, name } of list.getEntries()) seen.add(entryType + ":" + name);
  if (seen.size < 3) return;
  console.log([...seen].sort());
  observer.disconnect();
  server.close(() => console.log("closed"));
});
observer.observe({ entryTypes: ["http", "net"] });
const server = http.createServer((request, answer) => answer.end("x")).listen(0, "127.0.0.1", () => {
  http.get({ port: server.address().port, host: "127.0.0.1", agent: false }, (answer) => answer.resume());
});
