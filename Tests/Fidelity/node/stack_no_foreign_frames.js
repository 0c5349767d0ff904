// Above the program's own frames there are only node's, the same as ever.
Error.stackTraceLimit = Infinity;
const stacks = {};
const note = (name) => { stacks[name] = new Error(name).stack; };
note("main");
setTimeout(() => note("timeout"), 1);
setImmediate(() => note("immediate"));
process.nextTick(() => note("tick"));
Promise.resolve().then(() => note("micro"));
require("node:fs").stat(".", () => note("fs"));
process.once("beforeExit", () => note("beforeExit"));
process.on("exit", () => {
  note("exit");
  for (const name of Object.keys(stacks).sort()) console.log(stacks[name]);
});
