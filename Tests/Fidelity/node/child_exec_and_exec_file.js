const { exec, execFile, execSync, execFileSync } = require("node:child_process");
exec("echo out; echo err >&2; exit 3", (error, stdout, stderr) => {
  console.log(error.code, error.killed, error.signal, error.cmd, JSON.stringify([stdout, stderr]));
  execFile("/bin/sh", ["-c", "echo $0 $1", "zero", "one two"], (error, stdout) => console.log(error, stdout.trim()));
});
console.log(execSync("cat", { input: "through cat" }).toString(), execFileSync("printf", ["%s-%s", "a", "b"]).toString());
try {
  execSync("echo partial; exit 9", { stdio: "pipe" });
} catch (error) {
  console.log(error.status, error.stdout.toString().trim(), error.message);
}
