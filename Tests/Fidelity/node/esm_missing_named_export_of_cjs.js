import { dynamic } from "./c.cjs";
console.log(dynamic);
