import "./lib/a.mjs";
