console.log(require.main === module, module.id, module.filename, module.loaded, module.parent, module.children);
console.log(module.paths, module.path, Object.keys(module), module.constructor.name);
console.log(__filename, __dirname, exports === module.exports, this === module.exports, typeof require.extensions);
console.log(Object.keys(require.cache), require.cache[__filename] === module, Object.keys(require));
console.log(require.resolve("./main"), require.resolve("fs"), require.resolve.paths("x"), require.resolve.paths("./x"));
console.log(process.mainModule === module, require("module").globalPaths);
setImmediate(() => console.log(module.loaded, module.isPreloading));
