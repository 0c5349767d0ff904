import { fromB, readA } from "./b.mjs";
export const a = "value of a";
console.log(fromB, readA());
