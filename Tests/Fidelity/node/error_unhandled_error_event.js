const { EventEmitter } = require("node:events");
const emitter = new EventEmitter();
try {
  emitter.emit("error", { not: "an error" });
} catch (error) {
  console.log(error.code, error.message, error.context);
}
setTimeout(() => emitter.emit("error", new Error("nobody listens")), 1);
