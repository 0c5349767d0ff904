const vm = require("node:vm");
try {
  vm.runInNewContext("function inside() { throw new Error('from vm'); }\ninside()", {}, { filename: "virtual.js", lineOffset: 10 });
} catch (error) {
  console.log(error.stack.split("\n").slice(0, 9).join("\n"));
}
vm.runInThisContext("\n  notDefined", { filename: "/virtual/two.js" });
