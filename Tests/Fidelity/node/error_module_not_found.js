try {
  require("nothing-like-it");
} catch (error) {
  console.log(error.code, error.requireStack, error.message);
}
require("./lib/a.js");
