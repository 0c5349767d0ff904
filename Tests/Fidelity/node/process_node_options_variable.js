console.log(process.env.NODE_OPTIONS, process.execArgv);
new Error("x").stack.split("\n").length > 3 ? console.log("deep") : console.log("shallow");
console.log(require("node:buffer").INSPECT_MAX_BYTES, process.sourceMapsEnabled);
