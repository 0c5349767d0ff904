// Ports in ports: a message is on its way in a channel that is itself on its way.
const outer = new MessageChannel();
const inner = new MessageChannel();
inner.port1.postMessage("sent before it was moved");
outer.port1.postMessage({ port: inner.port2 }, [inner.port2]);
outer.port2.on("message", ({ port }) => {
  const moved = structuredClone(port, { transfer: [port] });
  moved.on("message", (text) => {
    console.log(text);
    moved.postMessage("back");
  });
});
inner.port1.on("message", (text) => {
  console.log(text);
  inner.port1.close();
  outer.port1.close();
});
for (const [name, port] of Object.entries({ outer: outer.port2, inner: inner.port1 })) port.on("close", () => console.log("closed", name));
