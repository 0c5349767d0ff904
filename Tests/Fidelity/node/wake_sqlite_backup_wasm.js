// A database is copied in the pool; its progress, and a function of a module in a statement.
process.removeAllListeners("warning");
const { DatabaseSync, backup } = require("node:sqlite");
const keeper = setTimeout(() => console.log("slept through"), 4000);
const add = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
WebAssembly.instantiate(add).then(async ({ instance: { exports } }) => {
  const database = new DatabaseSync(":memory:");
  database.function("add_up", (a, b) => exports.add(a, b));
  database.exec("CREATE TABLE sums AS SELECT add_up(1, 2) AS sum UNION SELECT add_up(30, 40)");
  console.log((await backup(database, "copy.db")) > 0);
  console.log(new DatabaseSync("copy.db").prepare("SELECT group_concat(sum) AS sums FROM sums").get().sums);
  clearTimeout(keeper);
});
