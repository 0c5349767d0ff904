// What fails is the second half, the instantiation.
const bytes = Buffer.from("0061736d01000000010401600000020701016501660000080100", "hex");
const late = setTimeout(() => {
  console.log("slept through");
  process.exit(1);
}, 4000);
(async () => {
  for (const imports of [undefined, {}, { e: {} }, { e: { f: 1 } }, { e: { f() { throw new Error("from start"); } } }]) {
    await WebAssembly.instantiate(bytes, imports).catch((error) => console.log(error.name, error.message));
  }
  late.unref();
  process.exitCode = 4;
})();
