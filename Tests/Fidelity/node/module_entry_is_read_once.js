// The program changes its own file: what runs is what was there at the start.
const fs = require("node:fs");
fs.writeFileSync(__filename, "throw new Error('not this');");
fs.unlinkSync(__filename);
setImmediate(() => console.log("still the first", fs.existsSync(__filename), require.main === module));
