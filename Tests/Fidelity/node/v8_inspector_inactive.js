const inspector = require("node:inspector");
console.log(inspector.url(), process.debugPort, typeof inspector.open, inspector.console === undefined);
try { inspector.waitForDebugger(); } catch (error) { console.log(error.code); }
