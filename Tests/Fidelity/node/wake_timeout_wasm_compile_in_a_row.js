// Each wake-up must arrive, not only the first.
const late = setTimeout(() => console.log("slept through"), 4000);
let number = 0;
(function next() {
  if (number === 50) {
    console.log("all", number);
    return clearTimeout(late);
  }
  const bytes = Buffer.from("0061736d01000000" + "000301" + Buffer.from([97 + (number % 26), number]).toString("hex"), "hex");
  WebAssembly.compile(bytes).then((module) => {
    const [section] = WebAssembly.Module.customSections(module, String.fromCharCode(97 + (number % 26)));
    if (new Uint8Array(section)[0] !== number) console.log("wrong", number);
    number++;
    next();
  });
})();
