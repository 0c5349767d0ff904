const vm = require("node:vm");
const context = vm.createContext({ x: 2, print: console.log });
vm.runInContext("var y = x * 21; print(y, typeof process, typeof require, this === globalThis); globalThis.z = [1]", context);
console.log(context.y, context.z instanceof Array, Array.isArray(context.z), vm.isContext(context));
const script = new vm.Script("counter = (globalThis.counter ?? 0) + 1", { filename: "counter.js" });
console.log(script.runInContext(context), script.runInContext(context), script.runInThisContext(), globalThis.counter);
console.log(vm.runInNewContext("Object.getOwnPropertyNames(globalThis).length"), script.createCachedData().length > 50);
const cached = new vm.Script("1 + 1", { cachedData: new vm.Script("1 + 1").createCachedData() });
console.log(cached.cachedDataRejected, cached.runInThisContext(), vm.compileFunction("return a + b", ["a", "b"])(1, 2));
try { vm.runInNewContext("for (;;);", {}, { timeout: 30 }); } catch (error) { console.log(error.code, error.message); }
try { new vm.Script("bad syntax here", { filename: "bad.js" }); } catch (error) { console.log(error.stack.split("\n").slice(0, 5).join("\n")); }
vm.measureMemory?.().catch(() => {});
const sandbox = vm.createContext({}, { codeGeneration: { strings: false, wasm: false }, microtaskMode: "afterEvaluate" });
try { vm.runInContext("eval('1')", sandbox); } catch (error) { console.log(error.name, error.message); }
process.removeAllListeners("warning");
