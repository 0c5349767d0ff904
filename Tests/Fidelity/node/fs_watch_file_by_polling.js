const fs = require("node:fs");
fs.writeFileSync("watched", "1");
fs.watchFile("watched", { interval: 20 }, (now, before) => {
  console.log(before.size, now.size);
  fs.unwatchFile("watched");
});
setTimeout(() => fs.writeFileSync("watched", "12345"), 60);
