const { EventEmitter } = require("node:events");
const emitter = new EventEmitter();
emitter.on("go", function listener() { throw new Error("in a listener"); });
emitter.emit("go");
