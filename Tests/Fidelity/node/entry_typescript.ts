interface Shape { name: string }
type Pair<T> = [T, T];
const pair: Pair<number> = [1, 2];
console.log(pair satisfies Pair<number>, require.main === module, __filename, process.argv);
console.log(process.features.typescript, process.execArgv);
function fail(shape: Shape): never {
  throw new Error(shape.name);
}
fail({ name: 'end' });
