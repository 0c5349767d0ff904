console.log(JSON.stringify({ u: undefined, f() {}, s: Symbol("x"), d: new Date(0), n: NaN, b: Object(1), nested: [undefined, () => {}], "\u2028": "\ud800" }), JSON.stringify("x", null, 2), JSON.stringify([1, { a: 2 }], null, "--"));
console.log(JSON.parse('{"__proto__": 1, "a": 1e400, "b": -0}'), JSON.parse("[1.0]", (k, v, c) => (c?.source ? c.source : v)), JSON.stringify({ a: [1], b: 2 }, ["b"]));
for (const bad of ["", "{", "[1,]", "{'a':1}", "nul", "\u00a01"]) try { JSON.parse(bad); } catch (error) { console.log(error.message); }
try { JSON.stringify(1n); } catch (error) { console.log(error.message); }
const c = {}; c.c = c;
try { JSON.stringify(c); } catch (error) { console.log(error.message); }
console.log(JSON.isRawJSON?.(JSON.rawJSON("1")), JSON.stringify({ n: JSON.rawJSON("12345678901234567890") }));
