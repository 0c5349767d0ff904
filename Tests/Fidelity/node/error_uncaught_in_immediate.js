setImmediate(() => setImmediate(function second() { throw new Error("in an immediate"); }));
