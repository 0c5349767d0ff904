// A wake-up within a domain goes to the domain's handler.
const domain = require("node:domain").create();
const late = setTimeout(() => console.log("slept through"), 4000);
domain.on("error", (error) => {
  console.log("domain", error.message, process.domain === null || process.domain === undefined);
  clearTimeout(late);
});
domain.run(() => {
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
    setImmediate(() => { throw new Error("thrown after a compilation"); });
  });
});
