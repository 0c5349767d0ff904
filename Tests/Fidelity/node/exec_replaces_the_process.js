console.log("before");
process.removeAllListeners("warning");
process.execve("/bin/sh", ["sh", "-c", "echo replaced $$ $A $0 $1; exit 5", "zero", "one"], { A: "given" });
