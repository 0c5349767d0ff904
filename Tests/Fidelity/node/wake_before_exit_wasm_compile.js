// Each time the loop has ended a compilation begins it again.
let round = 0;
process.on("beforeExit", () => {
  if (++round > 3) return;
  console.log("before exit", round);
  const keeper = setTimeout(() => console.log("slept through"), 4000);
  WebAssembly.compile(Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 3, 1, 110, round])).then((module) => {
    console.log("compiled", new Uint8Array(WebAssembly.Module.customSections(module, "n")[0])[0]);
    clearTimeout(keeper);
  });
});
process.on("exit", (code) => console.log("exit", code, round));
