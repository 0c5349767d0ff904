import { basename } from "node:path";
const { default: late } = await import("./late.js");
console.log(basename(import.meta.filename), late, typeof require);
export const exported = 1;
