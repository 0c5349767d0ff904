const { fork } = require("node:child_process");
if (process.argv[2] === "child") {
  process.send({ hello: process.argv.slice(2), connected: process.connected, env: process.env.EXTRA, execArgv: process.execArgv });
  process.on("message", (message) => {
    process.send({ echo: message });
    process.disconnect();
  });
  process.on("exit", () => console.error("child leaves"));
} else {
  const child = fork(__filename, ["child", "x"], { env: { EXTRA: "given" } });
  child.on("message", (message) => {
    console.log(message);
    if (message.hello) child.send({ list: [1, 2, 3] });
  });
  child.on("disconnect", () => console.log("disconnected"));
  child.on("close", (code, signal) => console.log("close", code, signal));
}
