// The stack a program may use is the same, whoever started the interpreter, and however deep.
function measure() {
  let depth = 0;
  const down = () => { depth++; down(); };
  try { down(); } catch {}
  return depth;
}
measure();
const here = measure();
const rest = [];
setTimeout(() => rest.push(measure()), 1);
setImmediate(() => rest.push(measure()));
Promise.resolve().then(() => rest.push(measure()));
setTimeout(() => console.log(here > 8000 && here < 14000, rest.every((n) => Math.abs(n - here) < 500)), 20);
const nested = "[".repeat(100000) + "]".repeat(100000);
try { JSON.parse(nested); console.log("parsed"); } catch (error) { console.log(error.name); }
try { new RegExp("(".repeat(50000) + ")".repeat(50000)); } catch (error) { console.log(error.name); }
