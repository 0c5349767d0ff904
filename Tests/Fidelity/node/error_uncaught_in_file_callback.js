require("node:fs").readFile(__filename, "utf8", function read(error, text) {
  console.log(error, text.length > 10);
  throw new Error("in a file callback");
});
