import * as self from "./main.js";
globalThis.runs = (globalThis.runs ?? 0) + 1;
export const name = "self";
setImmediate(() => console.log(globalThis.runs, self.name));
