undeclared = 5;
console.log(globalThis.undeclared, (function () { return this === globalThis; })(), this === exports, 0o17, 017);
console.log(typeof arguments, arguments.length, arguments.callee.toString().split("\n")[0]);
