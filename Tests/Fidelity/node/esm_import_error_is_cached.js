let first;
try { await import("./throws.mjs"); } catch (error) { first = error; }
try { await import("./throws.mjs"); } catch (error) { console.log(error === first, error.message, globalThis.times); }
export {};
