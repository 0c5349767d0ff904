const { execFileSync, execSync, spawnSync } = require("node:child_process");
for (const name of ["awk", "bash", "cat", "grep", "locale", "ls", "node", "sed", "sh", "which"])
  console.log(name, execFileSync("which", [name], { encoding: "utf8" }).trim());
console.log(execSync("set -o pipefail; printf 'a\\nb\\n' | grep b | sed s/b/c/", { shell: "/bin/bash", encoding: "utf8" }));
console.log(execSync("locale charmap; TZ=Europe/Berlin date -d @0 +%H:%M", { encoding: "utf8" }));
console.log(spawnSync("bash", ["-c", "exit 3"]).status, spawnSync("no-such-program").error.code);
