const readline = require("node:readline/promises");
(async () => {
  const io = readline.createInterface({ input: process.stdin, output: process.stdout });
  const lines = io[Symbol.asyncIterator]();
  console.log("question:", await io.question("name? "));
  for await (const line of lines) console.log("line:", line);
  await io.question("late? ").catch((error) => console.log(error.code));
})();
