setInterval(() => console.log("never"), 60000).unref();
const server = require("node:net").createServer().listen(0);
server.unref();
process.stdin.unref?.();
console.log("referenced:", setTimeout(() => {}, 1).hasRef());
