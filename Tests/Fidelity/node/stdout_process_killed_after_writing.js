// What was written before a fatal signal arrives.
console.log("written before");
console.error("this, too");
process.kill(process.pid, "SIGKILL");
for (;;);
