require("node:fs").closeSync(2);
setTimeout(() => {
  console.log("now");
  process.abort();
}, 5);
