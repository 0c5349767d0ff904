const hash = require("node:crypto").createHash("sha256");
let bytes = 0;
process.stdin.on("data", (data) => { bytes += data.length; hash.update(data); });
process.stdin.on("end", () => console.log(bytes, hash.digest("hex")));
