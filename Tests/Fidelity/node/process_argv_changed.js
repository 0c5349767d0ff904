process.argv[1] = "changed";
process.argv.push("added");
process.execArgv.push("--no-warnings");
process.exitCode = undefined;
console.log(process.argv, process.argv0, process.execArgv, require("node:fs").readFileSync("/proc/self/cmdline", "utf8").split("\0"));
