// Three listeners on one name, of which the compilation's message closes two and the third the last.
const channels = [1, 2, 3].map((n) => {
  const channel = new BroadcastChannel("wake");
  channel.onmessage = ({ data }) => {
    console.log(n, data);
    channel.close();
  };
  return channel;
});
const order = new BroadcastChannel("wake");
order.unref();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((compiled) => {
  console.log("compiled", channels.length);
  order.postMessage(WebAssembly.Module.exports(compiled));
});
