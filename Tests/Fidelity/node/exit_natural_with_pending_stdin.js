process.stdin.once("data", (data) => {
  console.log(String(data).length);
  process.stdin.pause();
});
