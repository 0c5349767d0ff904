process.exitCode = 12;
throw new Error("one wins");
