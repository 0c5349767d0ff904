// A lock is asked for while it is held; the holder lets go when its compilation is done.
process.removeAllListeners("warning");
const keeper = setTimeout(() => console.log("slept through"), 4000);
const order = [];
const { locks } = navigator;
locks.request("one", async () => {
  order.push("held");
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  order.push("compiled");
});
locks.request("one", { mode: "shared" }, () => order.push("shared"));
locks.request("one", { mode: "shared" }, async () => {
  order.push("shared too");
  const { held, pending } = await locks.query();
  order.push(held.length, pending.length);
}).then(() => {
  console.log(order);
  clearTimeout(keeper);
});
