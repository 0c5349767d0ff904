const util = require("node:util");
function named() { return util.getCallSites(); }
for (const site of named()) console.log(site.functionName, site.scriptName, site.lineNumber, site.columnNumber);
