// Threads that know nothing of each other but their numbers.
const { Worker, postMessageToThread, threadId } = require("node:worker_threads");
const code = `
  const { postMessageToThread, workerData } = require("worker_threads");
  const keeper = setTimeout(() => process.exit(1), 4000);
  process.on("workerMessage", (value, from) => {
    if (value === "end") return clearTimeout(keeper);
    postMessageToThread(workerData, [value, from]);
  });
  postMessageToThread(workerData, "ready");`;
const worker = new Worker(code, { eval: true, workerData: threadId });
const late = setTimeout(() => console.log("slept through"), 4000);
process.on("workerMessage", async (value, from) => {
  console.log(value, from === worker.threadId);
  if (value === "ready") return postMessageToThread(from, { number: 1 });
  await postMessageToThread(99, "nobody").catch((error) => console.log(error.code));
  await postMessageToThread(from, "end");
  clearTimeout(late);
});
worker.on("exit", (exit) => console.log("exit", exit));
