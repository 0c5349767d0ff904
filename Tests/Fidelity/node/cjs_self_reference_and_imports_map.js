console.log(require("myself/part"), require("#inner"), require("#deps/x"));
try {
  require("#nothing");
} catch (error) {
  console.log(error.code, error.message);
}
console.log(require("module").findPackageJSON("..", __filename), require("module").findPackageJSON("dep", __filename));
