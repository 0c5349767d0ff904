try {
  require("./bad.json");
} catch (error) {
  console.log(error.name, error.message);
}
require("./bad.json");
