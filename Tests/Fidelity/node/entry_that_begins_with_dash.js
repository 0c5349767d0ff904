const own = require('./own');
console.log(process.argv, process.argv0, process.execArgv, __filename, __dirname, module.paths);
console.log(require.main === module, process.mainModule === module, module.id, own, Object.keys(require.cache));
console.log(new Error('shown').stack);
const { Module, runMain } = require('module');
console.log(runMain === Module.runMain, runMain.name, Object.getOwnPropertyDescriptor(Module, 'runMain'));
throw new Error('end');
