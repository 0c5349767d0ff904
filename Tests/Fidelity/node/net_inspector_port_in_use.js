const inspector = require("node:inspector");
const server = require("node:net").createServer().listen(9300, "127.0.0.1", () => {
  inspector.open(9300, "127.0.0.1");
  console.log(inspector.url());
  server.close();
});
