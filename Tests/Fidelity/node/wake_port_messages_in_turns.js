// Two ports answer each other; a compilation begins in the middle and ends it.
const { port1, port2 } = new MessageChannel();
let count = 0;
port2.on("message", (n) => port2.postMessage(n + 1));
port1.on("message", (n) => {
  count = n;
  if (count === 10) WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
    console.log(count >= 10, count < 100000);
    port1.close();
  });
  if (count < 100000) port1.postMessage(n);
});
port1.on("close", () => console.log("closed"));
port1.postMessage(0);
