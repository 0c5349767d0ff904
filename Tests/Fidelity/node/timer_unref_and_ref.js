const unreferenced = setInterval(() => {}, 10);
unreferenced.unref();
setTimeout(() => console.log("kept alive until here"), 40);
const never = setTimeout(() => console.log("never"), 60000).unref();
console.log(never.hasRef(), process.getActiveResourcesInfo().filter((name) => name === "Timeout").length);
