// Scripts that import modules, which await compilations at their top level.
process.removeAllListeners("warning");
const vm = require("node:vm");
const keeper = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
const script = new vm.Script("import('./compiled.mjs').then((m) => m.default + ' by ' + m.by)", {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER, filename: __filename,
});
Promise.all([script.runInThisContext(), script.runInThisContext(), import("./compiled.mjs")]).then(([a, b, namespace]) => {
  console.log(a, a === b, namespace.by);
  clearTimeout(keeper);
});
