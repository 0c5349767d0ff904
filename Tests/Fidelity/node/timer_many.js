let fired = 0;
for (let i = 0; i < 20000; i++) setTimeout(() => fired++, i % 7);
for (let i = 0; i < 20000; i++) setImmediate(() => fired++);
process.on("exit", () => console.log(fired));
