for (const value of ["abc", 1.5, {}, true]) {
  try {
    process.exitCode = value;
  } catch (error) {
    console.log(error.code, error.message);
  }
}
process.exitCode = "3";
console.log(typeof process.exitCode);
