const { stripTypeScriptTypes } = require("node:module");
process.removeAllListeners("warning");
console.log(require("./typed.ts").double(21), stripTypeScriptTypes("const a: number = 1;"));
require("./enum.ts");
