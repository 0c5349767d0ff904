console.log(require("./folder"), require("./packaged"), require("./data"), require("./data.json").n);
console.log(require("./noextension"), require("./both"), require("./both.json"));
require.extensions[".txt"] = (module, filename) => {
  module.exports = require("fs").readFileSync(filename, "utf8").toUpperCase();
};
console.log(require("./note.txt"), require("./note"));
