// The module waits for the compilation while an interval goes on.
const keeper = setInterval(() => {}, 500);
const give = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
console.log("waiting");
const compiled = await WebAssembly.compile(Buffer.from("0061736d010000000503010001070501016d0200", "hex"));
console.log(WebAssembly.Module.exports(compiled));
clearInterval(keeper);
clearTimeout(give);
process.on("exit", (code) => console.log("exit", code));
