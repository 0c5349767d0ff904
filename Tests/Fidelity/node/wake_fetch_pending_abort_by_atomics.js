// A request that is never answered is aborted when a wait ends.
const http = require("node:http");
const cell = new Int32Array(new SharedArrayBuffer(4));
const server = http.createServer(() => {
  console.log("asked");
  Atomics.waitAsync(cell, 0, 0, 5).value.then((how) => controller.abort(new Error("no answer, " + how)));
}).listen(0, "127.0.0.1", () => {
  fetch(`http://127.0.0.1:${server.address().port}/`, { signal: controller.signal }).catch((error) => {
    console.log(error.message, controller.signal.aborted);
    server.closeAllConnections();
    server.close(() => console.log("closed"));
  });
});
const controller = new AbortController();
