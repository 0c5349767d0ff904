try { process.stdout.end("ended\n"); } catch (error) { console.error(error.code); }
process.stdout.on("error", (error) => console.error(error.code, error.message));
process.stdout.write("after the end");
process.stdout.destroy();
setTimeout(() => console.error("done"), 5);
