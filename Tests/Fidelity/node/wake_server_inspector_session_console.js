// Notifications of a session come as the program goes on after each wake-up.
const { Session } = require("node:inspector/promises");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = require("node:net").createServer().listen(0, "127.0.0.1", async () => {
  const session = new Session();
  session.connect();
  const texts = [];
  session.on("Runtime.consoleAPICalled", ({ params }) => texts.push(params.type + " " + params.args.map(({ value }) => value).join()));
  await session.post("Runtime.enable");
  for (const time of [1, 2]) console.log("waited", time, await Atomics.waitAsync(cell, 0, 0, time).value);
  await session.post("Runtime.disable");
  session.disconnect();
  console.log(texts);
  server.close();
});
