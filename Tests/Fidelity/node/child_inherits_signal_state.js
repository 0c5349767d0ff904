// A child starts with default dispositions and nothing blocked.
const { execFileSync } = require("node:child_process");
const status = execFileSync("cat", ["/proc/self/status"], { encoding: "utf8" });
console.log(status.split("\n").filter((line) => /^(Sig(Q|P|B|I|C)|Shd)/.test(line) && !line.startsWith("SigQ")).join("\n"));
console.log(execFileSync("cat", ["/proc/self/cmdline"], { encoding: "utf8" }).replaceAll("\0", " "));
