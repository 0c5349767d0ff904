for (let i = 0; i < 4000; i++) process.stdout.write("line " + i + "\n");
process.exit(0);
