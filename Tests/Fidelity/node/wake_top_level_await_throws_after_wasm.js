// The wake-up ends in an exception at top level.
import net from "node:net";
net.createServer().listen(0, "127.0.0.1");
process.on("exit", (code) => console.log("exit", code));
const list = await Promise.allSettled([
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")),
  WebAssembly.compile(Buffer.from("00", "hex")),
]);
console.log(list.map((result) => result.status));
throw list[1].reason;
