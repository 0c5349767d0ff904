// Another thread's socket carries a request to this one, whose loop waits.
const fs = require("node:fs");
fs.closeSync(2);
fs.openSync("/dev/null", "w");
const inspector = require("node:inspector");
inspector.open(0, "127.0.0.1", false);
globalThis.answer = 42;
const keeper = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
const socket = new WebSocket(inspector.url());
socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression: "globalThis.answer" } }));
socket.onmessage = ({ data }) => {
  console.log(data);
  socket.close();
};
socket.onclose = ({ wasClean }) => {
  console.log("closed", wasClean);
  inspector.close();
  clearTimeout(keeper);
};
