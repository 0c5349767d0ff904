const { spawnSync } = require("node:child_process");
console.log(spawnSync("wc", ["-c"], { stdio: ["inherit", "pipe", "inherit"] }).stdout.toString().trim());
