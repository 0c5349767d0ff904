const os = require("node:os");
const dns = require("node:dns");
const { spawnSync, fork } = require("node:child_process");
if (process.argv[2] === "child") {
  process.send(os.networkInterfaces());
  process.disconnect();
} else {
  console.log(os.networkInterfaces());
  const child = spawnSync(process.execPath, ["-p", "os.networkInterfaces()"]);
  console.log(String(child.stdout), String(child.stderr), "LD_PRELOAD" in process.env);
  fork(__filename, ["child"]).on("message", (list) => {
    console.log(list);
    dns.lookup("localhost", { all: true, hints: dns.ADDRCONFIG }, (error, found) => {
      console.log(error?.code, found);
      dns.lookup("localhost", { all: true }, (error, found) => console.log(error?.code, found));
    });
  });
}
