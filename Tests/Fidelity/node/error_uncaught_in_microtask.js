queueMicrotask(function micro() { throw new Error("in a microtask"); });
