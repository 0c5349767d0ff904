// Hot code is optimised (by threads, where there are any) and deoptimised again.
function add(a, b) { return a + b; }
let total = 0;
for (let i = 0; i < 2e6; i++) total += add(i, 1);
console.log(total, add("a", 1), add([1], { toString: () => "o" }), add(0.1, 0.2), add(1n, 2n));
class Shape { constructor(i) { this["p" + (i % 40)] = i; this.x = i; } }
let x = 0;
for (let i = 0; i < 200000; i++) x += new Shape(i).x;
console.log(x);
