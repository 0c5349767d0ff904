// What stands behind the program's name is the program's, even where node knows such an option.
console.log(process.argv.slice(2), process.execArgv, process.throwDeprecation);
