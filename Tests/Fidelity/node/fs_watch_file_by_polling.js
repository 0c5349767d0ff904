const fs = require("node:fs");
fs.writeFileSync("watched", "1");
fs.watchFile("watched", { interval: 20 }, (now, before) => {
  console.log(before.size, now.size);
  fs.unwatchFile("watched");
});
// At once: a look between the opening and the writing of a file would find it empty.
setTimeout(() => {
  fs.writeFileSync("other", "12345");
  fs.renameSync("other", "watched");
}, 60);
