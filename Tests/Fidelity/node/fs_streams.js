const fs = require("node:fs");
const { pipeline } = require("node:stream/promises");
(async () => {
  const writer = fs.createWriteStream("big");
  for (let i = 0; i < 2000; i++) if (!writer.write("line " + i + " " + "x".repeat(100) + "\n")) await new Promise((go) => writer.once("drain", go));
  await new Promise((done) => writer.end(done));
  let bytes = 0;
  for await (const chunk of fs.createReadStream("big", { highWaterMark: 1000 })) bytes += chunk.length;
  console.log(bytes, writer.bytesWritten, fs.statSync("big").size);
  await pipeline(fs.createReadStream("big", { start: 5, end: 9 }), fs.createWriteStream("part"));
  console.log(JSON.stringify(fs.readFileSync("part", "utf8")));
  await pipeline(fs.createReadStream("missing"), fs.createWriteStream("x")).catch((error) => console.log(error.code));
})();
