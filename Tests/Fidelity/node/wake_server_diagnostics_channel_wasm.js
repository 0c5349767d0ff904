// Those who subscribed to a channel hear of a compilation's begin and end in order.
const { tracingChannel } = require("node:diagnostics_channel");
const channel = tracingChannel("compile");
const order = [];
channel.subscribe(Object.fromEntries(["start", "end", "asyncStart", "asyncEnd", "error"].map((name) => [name, ({ what, result, error }) => order.push([name, what, String(result ?? error?.name)].join(" "))])));
const server = require("node:net").createServer().listen(0, "127.0.0.1", async () => {
  await channel.tracePromise((hex) => WebAssembly.compile(Buffer.from(hex, "hex")), { what: "good" }, null, "0061736d01000000");
  await channel.tracePromise((hex) => WebAssembly.compile(Buffer.from(hex, "hex")), { what: "bad" }, null, "00").catch(() => {});
  server.close(() => console.log(order.join("\n")));
});
