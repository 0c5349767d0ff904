console.log("first");
(async () => {
  console.log(await import("./m.mjs"), await import("./c.cjs"));
  await import("./missing.mjs").catch((error) => console.log(error.code, error.url, error.message));
  const fs = await import("node:fs");
  console.log(fs.default === require("fs"), fs.readFileSync === require("fs").readFileSync);
  console.log((await import("data:text/javascript,export default 6*7")).default);
})();
console.log("last");
