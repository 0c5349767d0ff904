// An open folder is read piece by piece, with waits between.
const fs = require("node:fs/promises");
const cell = new Int32Array(new SharedArrayBuffer(4));
const keeper = setTimeout(() => console.log("slept through"), 4000);
(async () => {
  await fs.mkdir("a/b/c", { recursive: true });
  for (const name of ["a/1", "a/b/2", "a/b/c/3"]) await fs.writeFile(name, name);
  const seen = [];
  for await (const entry of await fs.opendir("a", { recursive: true, bufferSize: 1 })) {
    seen.push(entry.name + (entry.isDirectory() ? "/" : ""), await Atomics.waitAsync(cell, 0, 0, 1).value);
  }
  console.log(seen.filter((text) => text !== "timed-out").sort(), seen.length);
  await fs.rm("a", { recursive: true });
  clearTimeout(keeper);
})();
