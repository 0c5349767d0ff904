const { createHash } = require("node:crypto");
console.log(process.argv.length, createHash("sha256").update(process.argv.slice(2).join("\0")).digest("hex"));
console.log(process.argv.at(-1), process.title, require("node:fs").readFileSync("/proc/self/cmdline", "utf8").split("\0").length);
