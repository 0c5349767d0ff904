// An open port keeps the loop alive, and is closed by a compilation.
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => {
  console.log(data);
  port1.close();
};
port1.addEventListener("close", () => console.log("closed"));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((compiled) => port2.postMessage(compiled));
