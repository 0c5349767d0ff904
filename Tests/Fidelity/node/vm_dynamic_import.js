const vm = require("node:vm");
const options = { filename: __filename, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER };
(async () => {
  await vm.runInThisContext("import('node:os')").catch((error) => console.log(error.code));
  console.log(typeof (await vm.runInThisContext("import('node:os')", options)).cpus);
  console.log((await new vm.Script("import('./m.mjs')", options).runInThisContext()).default);
})();
