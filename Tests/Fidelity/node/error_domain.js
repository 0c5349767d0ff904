const domain = require("node:domain").create();
domain.on("error", (error) => console.log("domain got", error.message, error.domain === domain));
domain.run(() => {
  setTimeout(() => { throw new Error("inside"); }, 1);
});
