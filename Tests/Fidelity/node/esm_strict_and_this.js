console.log(this, (() => this)(), (function () { return this; })());
try { undeclared = 1; } catch (error) { console.log(error.message); }
console.log(typeof await 5, import.meta === import.meta, Object.getPrototypeOf(import.meta));
export default 1;
