import type { Shape } from './shape.mts';
import { make } from './shape.mts';
const shape: Shape = await make('round' as const);
console.log(shape, import.meta.url, import.meta.main, process.argv);
function fail<T>(value: T): never {
  throw new Error(String(value));
}
fail<string>('end');
