const { EventEmitter } = require("node:events");
const emitter = new EventEmitter();
for (let i = 0; i < 12; i++) emitter.on("much", () => {});
console.log(emitter.listenerCount("much"), EventEmitter.defaultMaxListeners);
