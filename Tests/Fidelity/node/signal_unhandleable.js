for (const name of ["SIGKILL", "SIGSTOP"]) {
  try {
    process.on(name, () => {});
  } catch (error) {
    console.log(error.code, error.syscall, error.message);
  }
}
process.on("SIGNOPE", () => {});
console.log("an event like any other", process.emit("SIGNOPE"));
