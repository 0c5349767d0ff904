console.log(process.argv.length, process.argv[1], process.execArgv.length);
