function inner() {
  throw new TypeError("bad value: ünïcode");
}
const outer = () => inner();
console.log("before");
outer();
