// A race between a child that sleeps and a compilation.
const { promisify } = require("node:util");
const exec = promisify(require("node:child_process").exec);
const controller = new AbortController();
const child = exec("exec sleep 5", { signal: controller.signal }).then(() => "child", (error) => error.name);
const compiled = WebAssembly.compile(Buffer.from("0061736d01000000", "hex")).then(() => "compiled");
(async () => {
  console.log(await Promise.race([child, compiled]));
  controller.abort();
  console.log(await Promise.all([child, compiled]));
})();
