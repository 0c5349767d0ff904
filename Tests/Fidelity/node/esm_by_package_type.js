import fs, { readFileSync } from "node:fs";
import * as path from "node:path";
import { value, bump } from "./lib/counter.js";
console.log(typeof require, typeof module, typeof exports, typeof __filename, this);
console.log(import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main);
console.log(Object.keys(import.meta), import.meta.resolve("./lib/counter.js"), import.meta.resolve("fs"));
console.log(fs.readFileSync === readFileSync, path.sep, value, (bump(), value));
