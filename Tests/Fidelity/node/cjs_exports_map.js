console.log(require("pack"), require("pack/feature"), require("pack/files/one"), require("pack/dev"));
for (const name of ["pack/private", "pack/files/secret/x", "pack/lib/main.cjs"]) {
  try {
    require(name);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
import("pack").then((ns) => console.log(ns.default));
