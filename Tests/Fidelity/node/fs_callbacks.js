const fs = require("node:fs");
fs.writeFile("x", "content", (error) => {
  console.log(error);
  fs.readFile("x", "utf8", (error, text) => {
    console.log(error, text);
    fs.stat("missing", (error) => {
      console.log(error);
      fs.unlink("x", (error) => {
        fs.access("x", (error) => console.log(error.code, error.syscall, error.path));
      });
    });
  });
});
