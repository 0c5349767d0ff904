// Input that nobody reads neither keeps the process nor hinders what wakes it.
const late = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
process.stdin.on("data", () => console.log("never")).pause();
process.stdin.unref?.();
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled", process.stdin.readableFlowing);
  clearInterval(late);
});
process.on("exit", (code) => console.log("exit", code));
