import { fail } from "./fail.mjs";
process.on("exit", (code) => console.log("exit", code));
fail();
