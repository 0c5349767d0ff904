for (const name of ["setuid", "setgid", "seteuid", "setegid"]) {
  try {
    process[name](0);
    console.log(name, "allowed");
  } catch (error) {
    console.log(name, error.code, error.syscall);
  }
}
process.setuid(process.getuid());
console.log(process.getuid(), process.geteuid());
