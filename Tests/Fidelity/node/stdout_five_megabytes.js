const line = "0123456789abcdef".repeat(64) + "\n";
for (let i = 0; i < 5120; i++) process.stdout.write(line);
console.error("all written");
