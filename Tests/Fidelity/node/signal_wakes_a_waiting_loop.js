process.on("SIGUSR2", () => {
  console.log("woken");
  clearTimeout(forever);
});
const forever = setTimeout(() => console.log("slept through"), 4000);
require("node:child_process").exec(`kill -USR2 ${process.pid}`);
