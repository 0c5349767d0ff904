console.log("before");
if (module.children.length === 0) return;
console.log("never");
