// Files are read and written in the pool, by turns with compilations, and a wait at the end.
const fs = require("node:fs/promises");
(async () => {
  const keeper = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
  await using file = await fs.open("modules", "w+");
  for (const n of [1, 2, 3]) {
    const compiled = await WebAssembly.compile(Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 3, 1, 110, n]));
    await file.write(Buffer.from(WebAssembly.Module.customSections(compiled, "n")[0]));
  }
  await file.sync();
  console.log(await file.read(Buffer.alloc(3), 0, 3, 0));
  for await (const line of file.readLines({ start: 0, autoClose: false })) console.log(line.length);
  clearInterval(keeper);
})();
