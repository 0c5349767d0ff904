const namespace = require("./module.mjs");
console.log(namespace, namespace.default, namespace.__esModule);
console.log(require("./named.mjs"));
try {
  require("./waits.mjs");
} catch (error) {
  console.log(error.code);
}
console.log(Object.keys(require.cache).length, require("./module.mjs") === namespace);
