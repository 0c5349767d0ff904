const os = require("node:os");
os.setPriority(5);
console.log(os.getPriority());
try {
  os.setPriority(-5);
  console.log("raised");
} catch (error) {
  console.log(error.code, error.info.code, os.getPriority());
}
