const { scrypt } = require("node:crypto");
let ticks = 0;
const timer = setInterval(() => ticks++, 1);
scrypt("password", "salt", 32, { N: 1 << 14 }, (error, key) => {
  clearInterval(timer);
  console.log(key.toString("hex"), ticks > 0);
});
