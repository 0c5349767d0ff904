const { pbkdf2 } = require("node:crypto");
let done = 0;
for (let i = 0; i < 3; i++) pbkdf2("a", "b", 1000, 16, "sha1", (error, key) => {
  console.log(key.toString("hex"), ++done);
});
