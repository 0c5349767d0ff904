"use strict";
const crypto = require("node:crypto");
const fs = require("node:fs/promises");
const zlib = require("node:zlib");
const { Worker } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");

// SQLite is a release candidate in this version and says so on standard error.
process.removeAllListeners("warning");

async function main() {
  const hash = crypto.createHash("sha256").update("hello").digest("hex").slice(0, 8);
  console.log("crypto", hash, crypto.randomUUID().length);

  const text = Buffer.from("the same again and again ".repeat(100));
  console.log(
    "zlib",
    zlib.gunzipSync(zlib.gzipSync(text)).equals(text),
    zlib.brotliDecompressSync(zlib.brotliCompressSync(text)).equals(text),
    zlib.zstdDecompressSync(zlib.zstdCompressSync(text)).equals(text),
  );

  await fs.writeFile("out.txt", "kept");
  console.log("fs", await fs.readFile("out.txt", "utf8"), (await fs.stat("out.txt")).size);

  const code = "const w = require('node:worker_threads'); w.parentPort.postMessage(2 * w.workerData)";
  const worker = new Worker(code, { eval: true, workerData: 21 });
  console.log("worker", await new Promise((done) => worker.once("message", done)));

  const database = new DatabaseSync(":memory:");
  database.exec("create table t (n); insert into t values (1), (2), (3)");
  console.log("sqlite", database.prepare("select count(*) as n from t").get().n);

  const day = new Date(Date.UTC(2026, 6, 1)).toLocaleDateString("de-DE", { weekday: "long" });
  console.log("intl", (1234.5).toLocaleString("de-DE"), day);

  // (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  const bytes = Buffer.from(
    "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
  const { instance } = await WebAssembly.instantiate(bytes);
  console.log("wasm", instance.exports.add(2, 3));

  console.log("url", new URL("https://example.org/?a=b").searchParams.get("a"));
}

main();
