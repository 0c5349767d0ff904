// The other way round: a compilation first, whose wake-up must not use up the pool's.
const fs = require("node:fs/promises");
const server = require("node:net").createServer().listen(0, "127.0.0.1", async () => {
  const module = await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  await fs.writeFile("out", String(module));
  console.log(await fs.readFile("out", "utf8"));
  await Promise.all([WebAssembly.compile(Buffer.from("0061736d01000000", "hex")), fs.stat("out"), WebAssembly.compile(Buffer.from("0061736d01000000", "hex"))]);
  console.log((await fs.readdir(".")).sort());
  server.close(() => console.log("closed"));
});
