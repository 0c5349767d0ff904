const a = require("./lib/a");
console.log(a, require("./lib/a.js") === a, module.children.map((m) => m.id));
console.log(module.children[0].children.map((m) => m.id), module.children[0].parent === module);
console.log(Object.keys(require.cache));
delete require.cache[require.resolve("./lib/b")];
delete require.cache[require.resolve("./lib/a")];
console.log(require("./lib/a") === a, globalThis.loads);
require.cache[require.resolve("./lib/b")].exports = "replaced";
console.log(require("./lib/b"));
