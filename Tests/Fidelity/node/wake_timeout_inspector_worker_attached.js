// The session hears of a worker that starts and of its end, through the loop of the main thread.
const { Session } = require("node:inspector");
const { Worker } = require("node:worker_threads");
const session = new Session();
const late = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
session.connect();
session.on("NodeWorker.attachedToWorker", ({ params }) => console.log("attached", params.workerInfo.type, params.waitingForDebugger));
session.on("NodeWorker.detachedFromWorker", () => {
  console.log("detached");
  session.disconnect();
  clearTimeout(late);
});
session.post("NodeWorker.enable", { waitForDebuggerOnStart: false }, (error) => {
  console.log(error);
  new Worker("WebAssembly.compile(Buffer.from('0061736d01000000', 'hex')).then(() => console.log('compiled'))", { eval: true });
});
