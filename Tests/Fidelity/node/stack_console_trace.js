Error.stackTraceLimit = Infinity;
function traced() {
  console.trace("with %s", "text", { a: 1 });
}
traced();
setImmediate(() => console.trace());
