import six from "data:text/javascript,export default 6";
import text from 'data:application/json,{"a":1}' with { type: "json" };
import { pathToFileURL, fileURLToPath } from "node:url";
import fs from "node:fs";
fs.writeFileSync("späce name #1.mjs", "export default import.meta.filename");
console.log(six, text, (await import(pathToFileURL("späce name #1.mjs"))).default);
console.log(fileURLToPath(import.meta.url), pathToFileURL("a b%").href);
try { await import("http://127.0.0.1:1/x.mjs"); } catch (error) { console.log(error.code, error.message); }
try { await import("./späce name #1.mjs"); } catch (error) { console.log(error.code); }
