// A forked child waits for a message; its parent sends it when a module is compiled.
const { fork } = require("node:child_process");
if (process.argv[2]) {
  process.once("message", ({ sections }) => {
    process.send("child counted " + sections.length);
    process.disconnect();
  });
} else {
  const child = fork(__filename, ["child"]);
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then((module) => {
    console.log("compiled");
    child.send({ sections: WebAssembly.Module.exports(module) });
  });
  child.on("message", (text) => console.log(text));
  child.on("close", (code) => console.log("close", code));
}
