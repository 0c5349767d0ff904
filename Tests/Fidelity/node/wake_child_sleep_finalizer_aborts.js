// An AbortController ends a child when what needed it is collected.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { spawn } = require("node:child_process");
const controller = new AbortController();
const child = spawn("sleep", ["5"], { stdio: "ignore", signal: controller.signal, killSignal: "SIGKILL" });
const registry = new FinalizationRegistry((held) => controller.abort(held));
child.on("spawn", () => {
  (() => registry.register(Symbol("weak"), "not needed"))();
  setImmediate(gc);
});
child.on("error", (error) => console.log(error.name, error.code, error.cause));
child.on("exit", (code, signal) => console.log("exit", code, signal));
