import data from "./data.json" with { type: "json" };
console.log(data);
try {
  await import("./data.json");
} catch (error) {
  console.log(error.code, error.message);
}
try {
  await import("./data.json", { with: { type: "css" } });
} catch (error) {
  console.log(error.code, error.message);
}
console.log((await import("./data.json", { with: { type: "json" } })).default === data);
