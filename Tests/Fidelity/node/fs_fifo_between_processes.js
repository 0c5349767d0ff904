const fs = require("node:fs");
const { execSync, spawn } = require("node:child_process");
execSync("mkfifo pipe");
spawn("/bin/sh", ["-c", "echo through the fifo > pipe"]);
fs.createReadStream("pipe", "utf8").on("data", (text) => console.log(text.trim())).on("close", () => console.log("closed"));
