const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
(async () => {
  const esm = await import("node:fs");
  fs.readFileSync = () => "patched";
  console.log(esm.readFileSync === fs.readFileSync, esm.default.readFileSync === fs.readFileSync);
  syncBuiltinESMExports();
  console.log(esm.readFileSync("x"));
})();
