// Only what node's own loop needs is open: no socket, file or memory of whoever started it.
const fs = require("node:fs");
const kinds = fs.readdirSync("/proc/self/fd").map((fd) => {
  try { return fs.readlinkSync("/proc/self/fd/" + fd).replace(/\d+/, "N"); } catch { return ""; }
});
// io_uring is optional to libuv, and often refused.
console.log([...new Set(kinds)].filter((kind) => kind && !kind.includes("io_uring")).sort());
console.log(kinds.length < 24, fs.openSync(__filename) < 24);
