function Visible() {
  Hidden.call(this);
}
function Hidden() {
  Error.captureStackTrace(this, Hidden);
}
Error.stackTraceLimit = 2;
console.log(new Visible().stack);
const holder = {};
Error.captureStackTrace(holder);
console.log(holder.stack, Error.stackTraceLimit);
Error.stackTraceLimit = 0;
console.log(new Error("none").stack);
delete Error.stackTraceLimit;
console.log(new Error("deleted").stack);
