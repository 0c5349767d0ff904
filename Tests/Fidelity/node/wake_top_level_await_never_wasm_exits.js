// The await never ends; what ends the process is a compilation, or the empty loop after it.
process.on("exit", (code) => console.log("exit", code));
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => console.log("compiled"));
await new Promise(() => {});
