// The frame above the message names the user's line, not one of node's.
const fs = require("node:fs");

fs.readFileSync("/missing/file");
