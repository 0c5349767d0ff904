process.stdout.write("no newline");
process.kill(process.pid, "SIGKILL");
setTimeout(() => {}, 3000);
