const { DatabaseSync } = require("node:sqlite");
const query = () => new DatabaseSync(":memory:").prepare("select hex(randomblob(8)) as b, abs(random() % 1000000007) as r").get();
const all = Array.from({ length: 20 }, query);
console.log(new Set(all.map((row) => row.r)).size, new Set(all.map((row) => row.b)).size);
