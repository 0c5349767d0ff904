// Fields 4 to 8 of stat(5): parent, process group, session, terminal, terminal's group.
const fields = require("node:fs").readFileSync("/proc/self/stat", "utf8").replace(/.*\) /, "").split(" ");
console.log(fields[0], fields.slice(1, 6).join(" "));
