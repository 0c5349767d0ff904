new Promise(() => {}).then(() => console.log("never"));
process.on("exit", () => console.log("nothing left to do"));
