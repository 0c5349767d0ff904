import { a } from "./lib/a.js";
console.log(a);
