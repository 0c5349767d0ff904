// A pipe beyond the standard three carries the wake-up there, another one back.
const { spawn } = require("node:child_process");
const child = spawn("sh", ["-c", "read line <&3; echo got $line >&4"], { stdio: ["ignore", "inherit", "inherit", "pipe", "pipe"] });
const [, , , to, from] = child.stdio;
from.setEncoding("utf8").on("data", (text) => console.log(text.trim())).on("end", () => console.log("end"));
WebAssembly.compile(Buffer.from("0061736d01000000" + "00030161" + "2a", "hex")).then((module) => {
  to.end(new Uint8Array(WebAssembly.Module.customSections(module, "a")[0])[0] + "\n");
}, (error) => console.log(error.message));
child.on("close", (code) => console.log("close", code));
