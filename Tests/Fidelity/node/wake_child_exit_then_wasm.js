// The child's end is itself a wake-up; the compiler's must come after it.
const { execFile } = require("node:child_process");
const keeper = setInterval(() => {}, 900);
setTimeout(() => { console.log("slept through"); process.exit(1); }, 4500).unref();
execFile("sh", ["-c", "echo out; echo err >&2; exit 3"], (error, stdout, stderr) => {
  console.log(error.code, stdout.trim(), stderr.trim());
  WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => {
    console.log("compiled");
    clearInterval(keeper);
  });
});
