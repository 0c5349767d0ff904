const { builtinModules, isBuiltin } = require("node:module");
console.log(builtinModules.join("\n"));
console.log(isBuiltin("fs"), isBuiltin("node:test"), isBuiltin("test"), isBuiltin("nothing"));
console.log(process.getBuiltinModule("fs") === require("fs"), process.getBuiltinModule("nothing"));
console.log(process.moduleLoadList === undefined, require("fs") === require("node:fs"));
