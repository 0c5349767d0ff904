const { spawn } = require("node:child_process");
const { once } = require("node:events");
(async () => {
  const child = spawn("cat", [], { env: { ...process.env, X: "1" } });
  console.log(typeof child.pid, child.spawnfile, child.spawnargs, child.connected, child.stdin.writable);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part) => { text += part; });
  child.on("spawn", () => child.stdin.end("x".repeat(200000)));
  child.on("exit", (code, signal) => console.log("exit", code, signal));
  const [code] = await once(child, "close");
  console.log("close", code, text.length, child.exitCode, child.killed);
  await once(spawn("no-such-program"), "error").then(([error]) => console.log(error.code, error.syscall, error.path));
  await once(spawn("pwd", { cwd: "/tmp", stdio: "inherit" }), "exit");
  await once(spawn("pwd", { cwd: "/nowhere" }), "error").then(([error]) => console.log(error.code, error.path));
})();
