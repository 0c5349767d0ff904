// Microtasks starve the loop only while there are some.
let count = 0;
setTimeout(() => console.log("timeout", count), 1);
(function again() { if (++count < 100000) queueMicrotask(again); })();
const end = Date.now() + 30;
while (Date.now() < end);
setImmediate(() => console.log("immediate", count));
