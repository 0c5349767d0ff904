// The promise that is awaited is settled by a finalizer.
import v8 from "node:v8";
import vm from "node:vm";
import { createServer } from "node:net";
v8.setFlagsFromString("--expose-gc");
const gc = vm.runInNewContext("gc");
const server = createServer().listen(0, "127.0.0.1");
const { promise, resolve } = Promise.withResolvers();
const registry = new FinalizationRegistry(resolve);
(() => registry.register({}, "the held value"))();
setImmediate(gc);
console.log(await promise);
server.close();
await new Promise((done) => server.once("close", done));
console.log("closed");
