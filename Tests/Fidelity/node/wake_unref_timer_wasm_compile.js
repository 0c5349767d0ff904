// Nothing that keeps the loop alive but the compilation itself: the timer is unreferenced.
setTimeout(() => console.log("never"), 4000).unref();
const order = ["main"];
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => order.push("compiled"));
process.on("beforeExit", () => order.push("before exit"));
process.on("exit", () => console.log(order.join(", ")));
