const { test } = require("node:test");
process.stdout.write = () => true;
test("fails", () => { throw new Error("expected to fail"); });
process.on("exit", (code) => console.error("exit", code, process.exitCode));
