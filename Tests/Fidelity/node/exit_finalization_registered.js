const fixture = { name: "resource" };
process.finalization.register(fixture, (object, event) => console.log(object.name, event));
process.finalization.registerBeforeExit(fixture, (object, event) => console.log("early", object.name, event));
console.log("main");
