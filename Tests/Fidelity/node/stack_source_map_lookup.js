const { findSourceMap, SourceMap } = require("node:module");
console.log(findSourceMap(__filename));
const map = new SourceMap({ version: 3, sources: ["a.ts"], names: [], mappings: "AACA;AACA" });
console.log(map.findEntry(0, 0), map.findOrigin(2, 1));
