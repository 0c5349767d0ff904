// Each line is compiled, and the next one is taken only then.
const lines = require("node:readline").createInterface({ input: process.stdin, crlfDelay: Infinity });
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000).unref();
(async () => {
  const keeper = setInterval(() => {}, 1000);
  for await (const line of lines) {
    const result = await WebAssembly.compile(Buffer.from(line, "hex")).then((m) => WebAssembly.Module.exports(m).length, (e) => e.name);
    console.log(line.length, result);
  }
  console.log("no more");
  clearInterval(keeper);
})();
