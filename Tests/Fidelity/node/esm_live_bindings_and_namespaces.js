import * as ns from "./m.mjs";
import def, { count, inc as increase } from "./m.mjs";
increase();
console.log(count, ns.count, def, Object.keys(ns), ns[Symbol.toStringTag], Object.isSealed(ns));
try { ns.count = 9; } catch (error) { console.log(error.message); }
try { count++; } catch (error) { console.log(error.message); }
console.log(ns, await import("./m.mjs") === ns, await import("./m.mjs?query") === ns);
export * from "./m.mjs";
export * as nested from "./m.mjs";
