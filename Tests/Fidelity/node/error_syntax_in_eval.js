try {
  eval("1 +* 2");
} catch (error) {
  console.log(error.stack.split("\n").slice(0, 3).join("\n"));
}
new Function("return }");
