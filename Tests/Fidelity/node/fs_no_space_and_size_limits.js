const fs = require("node:fs");
const block = Buffer.alloc(1 << 20);
const fill = (name) => {
  const fd = fs.openSync(name, "w");
  let written = 0;
  try {
    while (written < 40) written += fs.writeSync(fd, block) >> 20;
    return written;
  } catch (error) {
    return error.code + " after " + written;
  } finally {
    fs.closeSync(fd);
  }
};
console.log(fill("/dev/shm/one"), fill("/dev/shm/two"));
fs.unlinkSync("/dev/shm/one");
fs.truncateSync("/dev/shm/two", 5);
try { fs.truncateSync("/dev/shm/two", 2 ** 40); } catch (error) { console.log(error.code); }
