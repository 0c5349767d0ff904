const net = require("node:net");
console.log(process.getActiveResourcesInfo());
const server = net.createServer().listen(0, () => {
  const timer = setTimeout(() => {}, 1000);
  const idle = setInterval(() => {}, 1000).unref();
  console.log(process.getActiveResourcesInfo());
  clearTimeout(timer);
  clearInterval(idle);
  server.close(() => console.log(process.getActiveResourcesInfo()));
});
