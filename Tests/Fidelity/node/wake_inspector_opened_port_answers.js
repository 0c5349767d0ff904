// The inspector listens in a thread of its own and is asked over the network for what it is.
const fs = require("node:fs");
fs.closeSync(2);
fs.openSync("/dev/null", "w");
const inspector = require("node:inspector");
inspector.open(0, "127.0.0.1", false);
const { host } = new URL(inspector.url());
const keeper = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
(async () => {
  const [{ type, title }] = await (await fetch(`http://${host}/json/list`)).json();
  console.log(type, title.startsWith("main.js"));
  await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
  inspector.close();
  console.log(inspector.url());
  await fetch(`http://${host}/json/version`).catch((error) => console.log(error.cause.code));
  clearTimeout(keeper);
})();
