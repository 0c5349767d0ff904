// Variables that the interpreter or its libraries read at their start, set too late to matter.
process.env.NODE_OPTIONS = "--bad-option";
process.env.UV_THREADPOOL_SIZE = "1";
process.env.NODE_PATH = "/nowhere";
console.log(require("node:module").globalPaths, process.execArgv);
const { status, stderr } = require("node:child_process").spawnSync(process.execPath, ["-p", "1"], { encoding: "utf8" });
console.log(status, stderr.trim());
