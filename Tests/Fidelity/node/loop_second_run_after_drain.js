// The loop ends, is started again by beforeExit, and all of it works the second time.
const fs = require("node:fs/promises");
let turn = 0;
process.on("beforeExit", async () => {
  if (turn++ === 2) return;
  await fs.writeFile("turn", String(turn));
  await new Promise((done) => setTimeout(done, 2));
  console.log("turn", await fs.readFile("turn", "utf8"));
});
