process.nextTick(function tick() { throw new Error("in a tick"); });
Promise.resolve().then(() => console.log("never"));
