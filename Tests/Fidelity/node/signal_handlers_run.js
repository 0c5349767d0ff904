const got = [];
for (const name of ["SIGTERM", "SIGHUP", "SIGINT", "SIGUSR2", "SIGWINCH", "SIGCONT", "SIGPIPE"])
  process.on(name, (signal, number) => {
    got.push(signal + " " + number);
    if (got.length === 7) {
      console.log(got.sort().join("\n"));
      clearTimeout(late);
    }
  });
const late = setTimeout(() => console.log("only", got), 3000);
for (const name of ["SIGTERM", "SIGHUP", "SIGINT", "SIGUSR2", "SIGWINCH", "SIGCONT", "SIGPIPE"])
  process.kill(process.pid, name);
