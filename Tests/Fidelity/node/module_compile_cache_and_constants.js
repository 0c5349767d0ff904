const module_ = require("node:module");
console.log(module_.getCompileCacheDir(), module_.constants.compileCacheStatus);
const { status, directory } = module_.enableCompileCache("/tmp/cache");
console.log(status, directory.startsWith("/tmp/cache"));
require("./big");
module_.flushCompileCache();
console.log(require("fs").readdirSync(directory).length > 0);
