console.log(process.features);
console.log(process.allowedNodeEnvironmentFlags.size, process.allowedNodeEnvironmentFlags.has("--max-old-space-size"));
console.log(process.allowedNodeEnvironmentFlags.has("--single-threaded"), process.allowedNodeEnvironmentFlags.has("--eval"));
console.log(process.config.variables.v8_enable_i18n_support, Object.keys(process.config));
console.log(process.finalization !== undefined, typeof process.loadEnvFile, process.permission);
