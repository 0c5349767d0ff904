const order = [];
const say = (word) => order.push(word);
setTimeout(() => { say("timeout 1"); process.nextTick(say, "tick in timeout"); Promise.resolve().then(() => say("micro in timeout")); }, 1);
process.nextTick(say, "tick");
Promise.resolve().then(() => say("micro")).then(() => say("micro 2"));
queueMicrotask(() => say("queued micro"));
(async () => { say("async starts"); await null; say("async goes on"); })();
process.nextTick(() => { Promise.resolve().then(() => say("micro in tick")); process.nextTick(say, "tick in tick"); });
say("main");
setTimeout(() => {
  setImmediate(() => { say("immediate"); console.log(order.join("\n")); });
  setTimeout(() => {}, 1);
  require("fs").readFile(__filename, () => {
    setTimeout(() => console.log("timeout after immediate"), 0);
    setImmediate(() => console.log("immediate first, from a poll callback"));
  });
}, 30);
