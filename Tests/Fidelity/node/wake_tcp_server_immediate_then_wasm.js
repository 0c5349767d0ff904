// Begun in an immediate, when the loop has already waited once.
const server = require("node:net").createServer();
const order = [];
server.listen(0, "127.0.0.1", () => {
  order.push("listening");
  setImmediate(() => {
    order.push("immediate");
    WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
      order.push("compiled");
      process.nextTick(() => order.push("tick"));
      queueMicrotask(() => order.push("microtask"));
      setImmediate(() => {
        order.push("next immediate");
        server.close();
      });
    });
  });
});
process.on("exit", () => console.log(order.join(", ")));
