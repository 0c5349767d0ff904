process.kill(process.pid, "SIGPIPE");
setTimeout(() => console.log("still here"), 20);
