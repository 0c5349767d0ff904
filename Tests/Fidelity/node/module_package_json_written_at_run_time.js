// Package scopes are looked up when modules are loaded, not when the interpreter was started.
const fs = require("node:fs");
fs.mkdirSync("late");
fs.writeFileSync("late/package.json", '{"type": "module", "name": "late"}');
fs.writeFileSync("late/m.js", "export default import.meta.url;");
fs.mkdirSync("node_modules/fresh", { recursive: true });
fs.writeFileSync("node_modules/fresh/index.js", "module.exports = 'fresh';");
console.log(require("./late/m.js").default, require("fresh"));
import("./late/m.js").then((ns) => console.log(ns.default));
