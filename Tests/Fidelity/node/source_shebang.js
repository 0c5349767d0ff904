#!/usr/bin/env node
console.log("after the shebang");
throw new Error("line 3");
