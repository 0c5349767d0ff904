try { [3, 1].sort(() => { throw new Error("in sort"); }); } catch (e) { console.log(e.stack.split("\n").slice(0, 4).join("\n")); }
try { JSON.parse("[1]", () => { throw new Error("in reviver"); }); } catch (e) { console.log(e.stack.split("\n").slice(0, 4).join("\n")); }
try { "a".replace(/a/, () => null.x); } catch (e) { console.log(e.stack.split("\n").slice(0, 4).join("\n")); }
try { new Proxy({}, { get() { throw new Error("in trap"); } }).x; } catch (e) { console.log(e.stack.split("\n").slice(0, 4).join("\n")); }
