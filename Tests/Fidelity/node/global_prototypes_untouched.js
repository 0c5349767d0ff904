for (const type of [Object, Function, Array, String, Number, Promise, Error, Map, Set, Uint8Array, Date, RegExp, Symbol, URL, EventTarget, AbortSignal])
  console.log(type.name, Object.getOwnPropertyNames(type).join(), "|", Object.getOwnPropertyNames(type.prototype).join());
console.log(Error.stackTraceLimit, Error.prepareStackTrace, Function.prototype.toString.call(Math.random));
