const assert = require("node:assert/strict");
const cases = [
  () => assert.equal(1, 2),
  () => assert.deepEqual({ a: [1, 2, { b: 3 }] }, { a: [1, 2, { b: 4 }] }),
  () => assert.ok(0 > 1),
  () => assert.throws(() => { throw new Error("wrong"); }, /right/),
  () => assert.throws(() => {}),
  () => assert.match("abc", /x/),
  () => assert.notDeepEqual([1], [1]),
  () => assert.fail("given up"),
  () => assert.ifError(new TypeError("if")),
  () => assert.equal("a\nb\nc", "a\nB\nc"),
  () => assert.partialDeepStrictEqual({ a: 1 }, { a: 2 }),
];
for (const test of cases) try { test(); } catch (error) { console.log(error.name, error.code, error.operator, "\n" + error.message); }
assert.rejects(Promise.resolve(1)).catch((error) => console.log(error.message));
