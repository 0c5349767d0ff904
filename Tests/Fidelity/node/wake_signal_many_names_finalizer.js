// Several signals in the turn of one finalizer; each handler runs once.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const names = ["SIGHUP", "SIGUSR2", "SIGWINCH", "SIGCONT", "SIGRTMIN+3"].filter((name) => name in require("node:os").constants.signals);
const seen = [];
const keeper = setTimeout(() => console.log("slept through", seen), 4000);
for (const name of names) {
  process.once(name, () => {
    seen.push(name);
    if (seen.length < names.length) return;
    console.log(seen.sort().join());
    clearTimeout(keeper);
  });
}
const registry = new FinalizationRegistry((held) => {
  console.log("finalised", held);
  for (const name of names) process.kill(process.pid, name);
});
(() => registry.register({}, 1))();
gc();
