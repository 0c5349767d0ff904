// The program ends by itself: more than a pipe holds is still flushed first.
process.exitCode = 6;
process.on("exit", (code) => console.error("exit", code));
process.stdout.write("x".repeat(900000) + "\n");
