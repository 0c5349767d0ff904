const log = console.log;
console.log = (...args) => log("[patched]", ...args);
console.log("hello");
process.stdout.write = new Proxy(process.stdout.write, { apply: (f, self, [text, ...rest]) => f.call(self, text.toUpperCase(), ...rest) });
console.log("shouting");
