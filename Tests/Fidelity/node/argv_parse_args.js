const { parseArgs } = require("node:util");
const { values, positionals, tokens } = parseArgs({
  options: {
    verbose: { type: "boolean", short: "v" },
    name: { type: "string", multiple: true },
    level: { type: "string", default: "3" },
  },
  allowPositionals: true,
  tokens: true,
});
console.log(values, positionals, tokens.length);
try {
  parseArgs({ args: ["--unknown"], options: {} });
} catch (error) {
  console.log(error.code, error.message);
}
