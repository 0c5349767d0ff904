const Module = require("node:module");
console.log(Module.wrap("x"), Module._extensions[".js"] !== undefined, Module.Module === Module);
const made = new Module("/workspace/virtual.js", module);
made.filename = "/workspace/virtual.js";
made.paths = module.paths;
made._compile("exports.here = __filename; exports.main = require.main === module.parent;", made.filename);
console.log(made.exports, made.loaded);
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === "imaginary" ? { imagined: true } : load.call(this, request, ...rest);
};
console.log(require("imaginary"));
const original = Module.prototype.require;
Module.prototype.require = function (id) { console.log("require", id); return original.call(this, id); };
require("os");
