// Input is there all along; it is read when the module is compiled.
process.stdin.setEncoding("utf8");
const keeper = setTimeout(() => console.log("slept through"), 4000);
process.stdin.on("readable", () => {
  if (!compiled) return;
  let part;
  while ((part = process.stdin.read(6)) !== null) console.log(JSON.stringify(part));
});
let compiled = false;
WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
  console.log("compiled");
  compiled = true;
  clearTimeout(keeper);
  process.stdin.emit("readable");
});
process.stdin.on("end", () => console.log("end"));
