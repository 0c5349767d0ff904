const { spawn } = require("node:child_process");
process.once("SIGUSR2", (signal) => console.log("got", signal));
spawn("/bin/sh", ["-c", "kill -USR2 $PPID"]).on("exit", (code, signal) => {
  setTimeout(() => console.log("child", code, signal), 20);
});
