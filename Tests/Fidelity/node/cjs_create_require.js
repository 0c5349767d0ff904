const { createRequire } = require("node:module");
console.log(createRequire("/workspace/sub/x.js")("./y"), createRequire("file:///workspace/sub/")("./y"));
try {
  createRequire("relative");
} catch (error) {
  console.log(error.code, error.message);
}
