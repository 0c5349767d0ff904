const fs = require("node:fs");
await null;
console.log("never");
