// A signal's handler ends what exec waits for.
const { exec } = require("node:child_process");
const child = exec("echo ready; exec sleep 5", (error, stdout) => {
  console.log(error.killed, error.signal, error.code, stdout.trim());
});
process.once("SIGUSR2", (name, number) => {
  console.log(name, number);
  child.kill("SIGINT");
});
child.stdout.once("data", () => process.kill(process.pid, "SIGUSR2"));
