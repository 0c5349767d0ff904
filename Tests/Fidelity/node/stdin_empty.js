process.stdin.on("data", (data) => console.log("data", data)).on("end", () => console.log("end at once"));
