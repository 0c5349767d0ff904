let depth = 0;
function recurse() {
  depth++;
  recurse();
}
try {
  recurse();
} catch (error) {
  console.log(error instanceof RangeError, error.message, depth > 5000 && depth < 20000 ? "usual depth" : depth);
}
(function again() { again(); })();
