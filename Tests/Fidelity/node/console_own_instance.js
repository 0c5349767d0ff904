const { Console } = require("node:console");
const { PassThrough } = require("node:stream");
const stream = new PassThrough();
const own = new Console({ stdout: stream, inspectOptions: { compact: false }, groupIndentation: 4 });
own.group("g");
own.log({ a: 1 });
console.log(String(stream.read()));
console.log(Object.keys(console).join(), console[Symbol.toStringTag]);
