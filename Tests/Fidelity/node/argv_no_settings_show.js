// Nothing that CodeBox tells the interpreter shows, here or in children.
const { execFileSync, fork } = require("node:child_process");
const { readFileSync } = require("node:fs");
const { Worker, isMainThread } = require("node:worker_threads");
if (process.argv[2] === "child") {
  console.log("forked", process.execArgv, Object.keys(process.env).sort());
} else if (!isMainThread) {
  console.log("worker", process.execArgv, Object.keys(process.env).sort());
} else {
  console.log(process.execArgv, process.env.NODE_OPTIONS, Object.keys(process.env).sort());
  console.log(process.report.getReport().header.commandLine);
  const variables = readFileSync("/proc/self/environ", "utf8").split("\0").filter(Boolean);
  console.log(variables.map((text) => text.split("=")[0]).filter((name) => /^LD_|^CODEBOX/.test(name)));
  console.log(execFileSync("env", { encoding: "utf8" }).split("\n").sort());
  const code = "console.log(process.execArgv.length, require('fs').readFileSync('/proc/self/cmdline', 'utf8').length)";
  console.log(execFileSync(process.execPath, ["-e", code], { encoding: "utf8" }));
  fork(__filename, ["child"]).on("exit", () => new Worker(__filename));
}
