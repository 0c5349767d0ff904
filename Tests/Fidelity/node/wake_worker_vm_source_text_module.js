// Modules of vm are a worker's alone here, by its options; their evaluation awaits a compilation.
const { Worker } = require("node:worker_threads");
new Worker(`
  process.removeAllListeners("warning");
  const vm = require("vm");
  const { parentPort } = require("worker_threads");
  const keeper = setTimeout(() => process.exit(1), 4000);
  (async () => {
    const source = "import { hex } from 'hex'; export const kind = String(await WebAssembly.compile(bytes(hex)));";
    const main = new vm.SourceTextModule(source, { context: vm.createContext({ bytes: (hex) => Buffer.from(hex, "hex") }) });
    await main.link(() => new vm.SyntheticModule(["hex"], function () { this.setExport("hex", "0061736d01000000"); }, { context: main.context }));
    await main.evaluate();
    parentPort.postMessage([main.status, main.namespace.kind]);
    clearTimeout(keeper);
  })();`, { eval: true, execArgv: ["--experimental-vm-modules"] })
  .on("message", (list) => console.log(list)).on("error", (error) => console.log(error.message)).on("exit", (code) => console.log("exit", code));
