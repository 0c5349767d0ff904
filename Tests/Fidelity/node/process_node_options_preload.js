console.log(globalThis.preloaded, process.argv.length, require.main === module, Object.keys(require.cache));
