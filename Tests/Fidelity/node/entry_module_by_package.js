import own from './own.cjs';
import { value } from './part.mjs';
console.log(process.argv, own, value);
console.log(import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main, import.meta.resolve('./x'));
console.log(new Error('shown').stack, typeof require, this);
await new Promise((resolve) => setTimeout(resolve, 1));
console.log((await import('./part.mjs')).isMain);
throw new TypeError('end');
