const zlib = require("node:zlib");
let left = 24;
for (let i = 0; i < 24; i++) zlib.gzip("x".repeat(20000 + i), (error, packed) => {
  zlib.gunzip(packed, (error, text) => {
    if (text.length !== 20000 + i) console.log("wrong", i);
    if (--left === 0) console.log("all right");
  });
});
