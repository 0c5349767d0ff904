process.emitWarning("plain");
process.emitWarning("with a type", "CustomWarning", "CODE1");
process.emitWarning("with detail", { type: "Detailed", code: "D2", detail: "the detail\nin two lines" });
process.emitWarning(new Error("an error as warning"));
process.on("warning", (warning) => console.log(warning.name, warning.code, warning.message));
require("node:util").deprecate(() => console.log("called"), "old function", "DEP_OWN")();
