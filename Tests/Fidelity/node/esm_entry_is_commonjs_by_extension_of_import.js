import cjs from "./inner.cjs";
import mjs from "./inner.mjs";
console.log(cjs, mjs, import.meta.main, process.argv[1], process.mainModule);
