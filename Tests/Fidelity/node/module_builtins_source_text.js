// A wrapped function would show its source.
const shown = (object, path, depth) => {
  for (const key of Object.getOwnPropertyNames(object)) {
    const { value } = Object.getOwnPropertyDescriptor(object, key);
    if (typeof value === "function" && !Function.prototype.toString.call(value).includes("[native code]"))
      console.log(path + "." + key, Function.prototype.toString.call(value).length);
    if (depth && value && typeof value === "object") shown(value, path + "." + key, depth - 1);
  }
};
for (const name of ["Math", "JSON", "Reflect", "Atomics", "Promise", "Function", "Object", "Error", "Date", "WebAssembly"])
  shown(globalThis[name], name, 1);
shown(process, "process", 0);
shown(require("fs"), "fs", 1);
shown(require("crypto"), "crypto", 0);
shown(require("child_process"), "child_process", 0);
