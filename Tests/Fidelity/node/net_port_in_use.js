const net = require("node:net");
const first = net.createServer().listen(0, "127.0.0.1", () => {
  const { port } = first.address();
  net.createServer().listen(port, "127.0.0.1").on("error", (error) => {
    console.log(error.code, error.syscall, error.port === port);
    first.close();
  });
});
