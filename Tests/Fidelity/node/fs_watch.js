const fs = require("node:fs");
try {
  const watcher = fs.watch(".", () => {});
  watcher.on("error", (error) => console.log(error.code));
  watcher.close();
  console.log("watched");
} catch (error) {
  console.log(error.code, error.syscall);
}
