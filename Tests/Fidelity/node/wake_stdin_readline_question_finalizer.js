// Questions are asked in turns that finalizers and answers bring.
require("node:v8").setFlagsFromString("--expose-gc");
const gc = require("node:vm").runInNewContext("gc");
const { createInterface } = require("node:readline/promises");
const face = createInterface({ input: process.stdin });
const keeper = setTimeout(() => { console.log("slept through"); process.exit(1); }, 4000);
let wake;
const registry = new FinalizationRegistry((held) => wake(held));
const answers = [];
face.on("line", (line) => answers.push(line));
face.on("close", async () => {
  for (const answer of answers) {
    const held = await new Promise((done) => {
      wake = done;
      (() => registry.register({ answer }, answer + " is gone"))();
      setImmediate(gc);
    });
    console.log(held);
  }
  clearTimeout(keeper);
});
