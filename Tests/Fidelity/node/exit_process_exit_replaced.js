const exit = process.exit;
process.exit = (code) => {
  console.log("asked for", code);
  exit(code * 2);
};
process.exit(6);
