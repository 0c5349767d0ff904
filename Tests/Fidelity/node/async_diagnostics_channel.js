const diagnostics = require("node:diagnostics_channel");
const channel = diagnostics.channel("mine");
console.log(channel.hasSubscribers);
diagnostics.subscribe("mine", (message, name) => console.log(name, message));
channel.publish({ a: 1 });
const tracing = diagnostics.tracingChannel("op");
tracing.subscribe({ start: () => console.log("start"), end: () => console.log("end"), asyncStart: () => console.log("asyncStart"), asyncEnd: () => console.log("asyncEnd"), error: ({ error }) => console.log("error", error.message) });
tracing.tracePromise(async () => { await null; return 5; }, {}).then(console.log);
try { tracing.traceSync(() => { throw new Error("traced"); }); } catch {}
