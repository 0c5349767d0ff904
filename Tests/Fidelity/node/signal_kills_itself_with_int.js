process.kill(process.pid, "SIGINT");
setTimeout(() => {}, 3000);
