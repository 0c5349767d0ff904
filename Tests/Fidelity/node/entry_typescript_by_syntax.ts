import { sep } from 'node:path';
const text: string = sep;
console.log(text, import.meta.main, typeof require);
