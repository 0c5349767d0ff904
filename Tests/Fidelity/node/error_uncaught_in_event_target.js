const target = new EventTarget();
target.addEventListener("go", () => { throw new Error("in an event target"); });
target.dispatchEvent(new Event("go"));
console.log("dispatch returned");
