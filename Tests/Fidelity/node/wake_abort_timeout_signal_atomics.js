// AbortSignal.timeout keeps nothing alive; the wait ends long before and aborts another signal.
const cell = new Int32Array(new SharedArrayBuffer(4));
const own = new AbortController();
const any = AbortSignal.any([own.signal, AbortSignal.timeout(4000)]);
const keeper = setInterval(() => {}, 600);
any.addEventListener("abort", () => {
  console.log(any.reason.name, any.reason.message);
  clearInterval(keeper);
}, { once: true });
Atomics.waitAsync(cell, 0, 0, 5).value.then((how) => own.abort(new DOMException(how, "WaitError")));
