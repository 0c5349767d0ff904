const target = new EventTarget();
target.addEventListener("a", { handleEvent: (event) => console.log(event.type, event.target === target, event.isTrusted) }, { once: true });
console.log(target.dispatchEvent(new Event("a", { cancelable: true })), target.dispatchEvent(new CustomEvent("a", { detail: 5 })));
const signal = AbortSignal.timeout(10);
signal.onabort = () => console.log(signal.reason.name, signal.reason.message);
const any = AbortSignal.any([AbortSignal.abort("why"), signal]);
console.log(any.aborted, any.reason, AbortSignal.abort().reason.name);
setTimeout(() => {}, 50);
