// A reader of a fifo sits in a helper thread; the wake-up opens the other end.
const fs = require("node:fs");
const { execFileSync } = require("node:child_process");
execFileSync("mkfifo", ["/tmp/fifo"]);
const read = fs.promises.readFile("/tmp/fifo", "utf8");
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(async () => {
  console.log("compiled");
  await fs.promises.writeFile("/tmp/fifo", "through the fifo");
  console.log("written");
  console.log(await read);
});
process.on("exit", () => console.log("exit"));
