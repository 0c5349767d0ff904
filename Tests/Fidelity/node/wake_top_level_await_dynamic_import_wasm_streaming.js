// Modules are imported one after the other between compilations.
const keeper = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
const headers = { "Content-Type": "application/wasm" };
for (const name of ["a", "b", "c"]) {
  const { hex } = await import(`./${name}.mjs`);
  const compiled = await WebAssembly.compileStreaming(new Response(Buffer.from(hex, "hex"), { headers }));
  console.log(name, WebAssembly.Module.exports(compiled).map(({ name, kind }) => name + ":" + kind));
}
clearTimeout(keeper);
