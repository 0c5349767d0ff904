process.kill(process.pid, "SIGUSR2");
setTimeout(() => {}, 3000);
