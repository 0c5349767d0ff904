import { register } from "node:module";
register("./hooks.mjs", import.meta.url, { data: { prefix: "made up: " } });
console.log((await import("magic:word")).default);
