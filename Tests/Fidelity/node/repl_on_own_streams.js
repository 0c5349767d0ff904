const repl = require("node:repl");
const { PassThrough } = require("node:stream");
const input = new PassThrough(), output = new PassThrough();
let text = "";
output.on("data", (part) => { text += part; });
const server = repl.start({ prompt: "> ", input, output, terminal: false });
server.on("exit", () => console.log(JSON.stringify(text), process.stdin.listenerCount("data"), typeof globalThis.repl));
input.end("1 + 1\nconst a = [1]; a\nthrow new Error('x').message\n");
