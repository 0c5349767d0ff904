try {
  require("./broken.js");
} catch (error) {
  console.log(error.name, error.message, error instanceof SyntaxError);
  console.log(error.stack.split("\n").slice(0, 5).join("\n"));
}
require("./broken.js");
