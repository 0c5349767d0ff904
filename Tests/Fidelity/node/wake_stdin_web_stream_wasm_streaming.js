// The module itself comes in through standard input.
const { Readable } = require("node:stream");
const keeper = setTimeout(() => console.log("slept through"), 4000);
const body = Readable.toWeb(process.stdin);
WebAssembly.instantiateStreaming(new Response(body, { headers: { "Content-Type": "application/wasm" } })).then(({ instance }) => {
  console.log(instance.exports.add(100, 11));
  clearTimeout(keeper);
});
