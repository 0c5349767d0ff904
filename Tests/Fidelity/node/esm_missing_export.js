import { nothing } from "./has.mjs";
console.log(nothing);
