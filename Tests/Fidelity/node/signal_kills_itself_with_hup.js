process.kill(0, "SIGHUP");
setTimeout(() => {}, 3000);
