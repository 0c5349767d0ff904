console.log(process.permission, process.execArgv.includes("--permission"), typeof process.loadEnvFile);
require("node:fs").writeFileSync(".env", "LOADED=yes\nHOME=/not/replaced\n");
process.loadEnvFile();
console.log(process.env.LOADED, process.env.HOME);
