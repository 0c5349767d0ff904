class Custom extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "Custom";
    this.code = "E_CUSTOM";
    this.details = { list: [1, 2, 3], nested: { deep: new Map([["k", "v"]]) } };
  }
}
function low() { throw new RangeError("low level"); }
try {
  low();
} catch (error) {
  throw new Custom("high level", { cause: error });
}
