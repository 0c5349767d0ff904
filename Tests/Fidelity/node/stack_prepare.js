Error.prepareStackTrace = (error, sites) =>
  error.message + " " + sites.map((s) => [
    s.getFunctionName(), s.getTypeName(), s.getFileName(), s.getLineNumber(), s.getColumnNumber(),
    s.isToplevel(), s.isNative(), s.isAsync(), s.isEval(), s.getMethodName()].join(" ")).join("\n");
class Thing {
  method() { return new Error("sites").stack; }
}
console.log(new Thing().method());
console.log(eval("new Error('evaluated').stack"));
Error.prepareStackTrace = undefined;
console.log(new Error("usual").stack.split("\n").length);
