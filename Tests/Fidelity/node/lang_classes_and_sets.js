class A { static #count = 0; #x = 1; static { A.made = "static block"; } accessor = 5; get x() { A.#count++; return this.#x; } static has(o) { return #x in o; } static get count() { return A.#count; } }
const a = new A();
console.log(a.x, A.count, A.has(a), A.has({}), A.made, new Set([1, 2]).union(new Set([3])), new Set([1, 2]).isSubsetOf(new Set([1, 2, 3])), [3, 1, 2].toSorted(), [1, 2].with(0, 9), [1, 2, 3].findLast((n) => n < 3), Object.hasOwn({ a }, "a"), structuredClone([a])[0] instanceof A);
label: for (const i of [1, 2]) { for (const j of [1, 2]) { if (j === 2) continue label; console.log(i, j); } }
var hoisted = typeof later; function later() {} let { x = 5, ...rest } = { y: 1, z: 2 }; console.log(hoisted, x, rest, a?.b?.c ?? "default", a ||= 1, 2 ** -1, "\u{1f30d}".codePointAt(0), "abc".at(-1), "ab".isWellFormed());
