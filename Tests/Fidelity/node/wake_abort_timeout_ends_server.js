// A server that is bound to a signal's life ends when the signal's time is over.
const server = require("node:net").createServer();
const signal = AbortSignal.timeout(20);
server.listen({ port: 0, host: "127.0.0.1", signal }, () => console.log("listening"));
server.on("close", () => console.log("closed", signal.reason.name, signal.reason.code));
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000).unref();
