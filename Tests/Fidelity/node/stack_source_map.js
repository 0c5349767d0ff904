process.setSourceMapsEnabled(true);
console.log(process.sourceMapsEnabled);
require("./built.js");
