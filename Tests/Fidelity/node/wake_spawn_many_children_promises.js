// Children end one by one; promises of all, of any and of the first wake in order.
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const children = Array.from({ length: 6 }, (_, n) => spawn("sh", ["-c", "read x; exit " + (n + 1)]));
const codes = children.map((child) => once(child, "exit").then(([code]) => code));
(async () => {
  children[3].stdin.end("\n");
  console.log("first", await Promise.race(codes));
  children[5].stdin.end("\n");
  console.log("sixth", await codes[5]);
  for (const child of children) child.stdin.end("\n");
  console.log("all", await Promise.all(codes));
})();
