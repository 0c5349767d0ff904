const { spawn } = require("node:child_process");
const { once } = require("node:events");
(async () => {
  for (const signal of ["SIGTERM", "SIGKILL", "SIGINT"]) {
    const child = spawn("sleep", ["20"]);
    await once(child, "spawn");
    console.log(child.kill(0), child.kill(signal), child.killed);
    const [code, by] = await once(child, "exit");
    console.log(signal, code, by, child.signalCode, child.kill());
  }
  const controller = new AbortController();
  const aborted = spawn("sleep", ["20"], { signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  await once(aborted, "error").catch((error) => error).then((got) => console.log([got].flat()[0].name));
  const shell = spawn("sh", ["-c", "trap 'echo trapped; exit 7' TERM; echo ready; while :; do sleep 0.02; done"]);
  console.log(String(await once(shell.stdout, "data")).trim());
  // Awaited from before the kill: on a busy machine both come in one turn of the loop.
  const exited = once(shell, "exit");
  shell.kill();
  console.log(String(await once(shell.stdout, "data")).trim(), await exited);
})();
