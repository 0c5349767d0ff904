const fs = require("node:fs");
const read = (name) => fs.readFileSync("/proc/self/" + name, "utf8");
console.log(read("cmdline").split("\0"));
console.log(fs.readlinkSync("/proc/self/cwd"), fs.readlinkSync("/proc/self/exe"));
console.log(read("environ").split("\0").filter(Boolean).sort());
const status = Object.fromEntries(read("status").split("\n").map((line) => line.split(":\t")));
for (const name of ["Umask", "State", "Pid", "PPid", "TracerPid", "Uid", "Gid", "Groups", "CapEff", "NoNewPrivs"])
  console.log(name, status[name]);
console.log("blocked", status.SigBlk, "pending", status.SigPnd, status.ShdPnd);
