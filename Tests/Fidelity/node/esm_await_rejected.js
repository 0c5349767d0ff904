import "node:fs";
await Promise.reject(new Error("at the top level"));
