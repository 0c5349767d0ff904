const fs = require("node:fs");
for (const path of ["/etc/passwd", "/usr/new", "/proc/sys/kernel/hostname", "/new", "/dev/new"]) {
  try {
    fs.writeFileSync(path, "x");
    console.log(path, "written");
  } catch (error) {
    console.log(error.message);
  }
}
fs.writeFileSync("locked", "kept", { mode: 0o444 });
try {
  fs.writeFileSync("locked", "x");
} catch (error) {
  console.log(error.message);
}
try {
  fs.accessSync("locked", fs.constants.W_OK);
} catch (error) {
  console.log(error.message);
}
fs.mkdirSync("closed", { mode: 0o555 });
try {
  fs.writeFileSync("closed/x", "x");
} catch (error) {
  console.log(error.message);
}
console.log(fs.readFileSync("locked", "utf8"));
