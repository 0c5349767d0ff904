const net = require("node:net");
const { once } = require("node:events");
(async () => {
  const failed = (thing) => once(thing, "error").then(([error]) => console.log(error.code, error.syscall));
  await failed(net.connect({ host: "192.0.2.1", port: 80 }));
  await failed(net.createServer().listen(8080, "192.0.2.1"));
  await failed(net.createServer().listen("/nowhere/sock"));
  console.log(net.isIP("::1"), net.isIPv4("127.0.0.1"), new net.BlockList().rules);
})();
