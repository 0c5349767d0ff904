// A child traces to a file, which is whole when its exit wakes this process.
const fs = require("node:fs");
const { execFile } = require("node:child_process");
const late = setTimeout(() => console.log("slept through"), 8000);
const program = "console.count('traced'); WebAssembly.compile(Buffer.from('0061736d01000000', 'hex')).then(() => console.count('compiled'))";
execFile(process.execPath, ["--trace-event-categories", "node.console", "-e", program], (error, stdout) => {
  const { traceEvents } = JSON.parse(fs.readFileSync("node_trace.1.log", "utf8"));
  console.log(error, stdout.split("\n"), traceEvents.map(({ name }) => name).filter((name) => /traced|compiled/.test(name)));
  clearTimeout(late);
});
