import whole, { named, other } from "./c.cjs";
import * as ns from "./c.cjs";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
console.log(whole, named, other, ns);
console.log(require("./c.cjs") === whole, Object.keys(require.cache), require.main);
console.log(require("./c.cjs").required, require("./data.json"));
