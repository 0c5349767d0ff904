process.stdin.setEncoding("utf8");
process.stdin.once("readable", function () {
  const first = process.stdin.read(3);
  console.log(first, process.stdin.readableLength > 0, process.stdin.isPaused());
  setTimeout(() => {
    process.stdin.on("data", (rest) => console.log(rest));
  }, 10);
});
