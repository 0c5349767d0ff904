const fs = require("node:fs");
const tty = require("node:tty");
const { spawnSync } = require("node:child_process");
// The master's end is a terminal, too.
const master = fs.openSync("/dev/ptmx", fs.constants.O_RDWR | fs.constants.O_NOCTTY);
console.log(tty.isatty(master), tty.isatty(0), tty.isatty(1), process.stdout.isTTY);
console.log(fs.readdirSync("/dev/pts").sort(), fs.readlinkSync("/dev/ptmx"));
try {
  fs.openSync("/dev/tty", "r+");
} catch (error) {
  console.log(error.code);
}
const { status, stdout } = spawnSync("/usr/bin/stty", ["rows", "30", "cols", "90"], { stdio: [master, "pipe", "inherit"] });
console.log(status, String(stdout));
console.log(String(spawnSync("/usr/bin/stty", ["size"], { stdio: [master, "pipe", "inherit"] }).stdout));
const writing = new tty.WriteStream(master);
console.log(writing.isTTY, writing.columns, writing.rows, writing.getWindowSize(), writing.hasColors(), writing.getColorDepth({ TERM: "xterm-256color" }));
const reading = new tty.ReadStream(fs.openSync("/dev/ptmx", fs.constants.O_RDWR | fs.constants.O_NOCTTY));
console.log(reading.isTTY, reading.isRaw, reading.setRawMode(true).isRaw, reading.setRawMode(false).isRaw);
reading.destroy();
writing.destroy();
