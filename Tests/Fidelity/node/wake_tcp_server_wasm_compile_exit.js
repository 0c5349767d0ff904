// As many programs end: in the callback, with a code, while it listens.
const net = require("node:net");
net.createServer().listen(0, "127.0.0.1", () => {
  console.log("listening");
  WebAssembly.instantiate(Buffer.from("0061736d01000000", "hex"), {}).then(({ instance }) => {
    console.log(Object.getPrototypeOf(instance.exports), Object.isFrozen(instance.exports));
    process.exit(11);
  });
});
