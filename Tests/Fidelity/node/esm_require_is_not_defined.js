import fs from "node:fs";
const path = require("node:path");
