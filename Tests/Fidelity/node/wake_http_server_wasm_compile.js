// No request has come when the module is compiled, and one is answered with it.
const http = require("node:http");
let made;
const server = http.createServer((request, answer) => answer.end(WebAssembly.Module.exports(made).map((e) => e.kind).join()));
server.listen(0, "127.0.0.1");
WebAssembly.compile(Buffer.from("0061736d010000000503010001" + "0705" + "01016d0200", "hex")).then((compiled) => {
  made = compiled;
  http.get({ port: server.address().port, host: "127.0.0.1", agent: false }, (answer) => {
    answer.setEncoding("utf8").on("data", (text) => console.log(answer.statusCode, text)).on("end", () => server.close(() => console.log("closed")));
  });
});
