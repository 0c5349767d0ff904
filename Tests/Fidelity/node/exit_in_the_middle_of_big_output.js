// As much as pipes hold, unread: nothing of it may be lost.
process.stdout.write("x".repeat(60000) + "\n");
process.stderr.write("y".repeat(60000) + "\n");
console.log("last line");
process.exit(3);
