// A module that is refused wakes the loop as one that is accepted does.
const late = setTimeout(() => console.log("slept through"), 4000);
const bad = ["", "0061736d02000000", "0061736d0100000001", "0061736d010000000a05010300000b"];
(async () => {
  for (const hex of bad) {
    try {
      await WebAssembly.compile(Buffer.from(hex, "hex"));
      console.log("compiled");
    } catch (error) {
      console.log(error.name, error instanceof WebAssembly.CompileError, error.message.startsWith("WebAssembly.compile()"));
    }
  }
  clearTimeout(late);
})();
