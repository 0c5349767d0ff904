const dns = require("node:dns");
(async () => {
  console.log(dns.getDefaultResultOrder(), await dns.promises.lookup("localhost", { all: true, order: "ipv4first" }));
  console.log(await dns.promises.lookup("codebox", { family: 4 }), await dns.promises.lookup("127.0.0.9"));
  console.log(await dns.promises.lookupService("127.0.0.1", 80));
  await dns.promises.lookup("no-such-host.invalid").catch((e) => console.log(e.code, e.syscall, e.hostname));
  dns.lookup("localhost", 4, (error, address, family) => console.log(error, address, family));
})();
