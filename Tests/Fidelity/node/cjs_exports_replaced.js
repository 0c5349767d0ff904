exports.lost = 1;
module.exports = function main() { return "called"; };
exports.lost = 2;
console.log(require("./main")(), require.cache[__filename].exports === module.exports, require("./main").lost);
