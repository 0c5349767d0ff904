const { DatabaseSync } = require("node:sqlite");
const database = new DatabaseSync("store.db");
database.exec("create table t (id integer primary key, name text, blob blob) strict");
const insert = database.prepare("insert into t (name, blob) values (?, ?)");
for (const name of ["a", "b", "ü"]) insert.run(name, new Uint8Array([1, 2]));
console.log(database.prepare("select * from t where name > ?").all("a"), database.prepare("select count(*) c from t").get());
database.function("twice", (x) => x * 2);
console.log({ ...database.prepare("select twice(21) as answer, sqlite_version() is not null as v").get() });
try { database.exec("select nothing"); } catch (error) { console.log(error.code, error.message, error.errcode); }
database.close();
console.log(new DatabaseSync("store.db", { readOnly: true }).prepare("select name from t").all().length, require("node:fs").existsSync("store.db"));
