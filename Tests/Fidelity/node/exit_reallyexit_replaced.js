const original = process.reallyExit;
process.reallyExit = (code) => {
  require("node:fs").writeSync(1, "intercepted " + code + "\n");
  original.call(process, code + 1);
};
process.exit(20);
