// A child that reads until its input ends, which the wake-up writes and ends.
const { spawn } = require("node:child_process");
const child = spawn("cat");
let text = "";
child.stdout.setEncoding("utf8").on("data", (part) => { text += part; }).on("end", () => console.log(text.trim()));
child.on("close", (code) => console.log("close", code));
WebAssembly.instantiate(Buffer.from("0061736d0100000001050160" + "00017f" + "03020100" + "070501016600000a06010400410b0b", "hex")).then(({ instance }) => {
  child.stdin.write("value " + instance.exports.f() + "\n");
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => child.stdin.end("and compiled\n"));
});
