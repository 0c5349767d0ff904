const attempts = [
  () => Buffer.alloc("x"),
  () => require("fs").readFileSync("missing"),
  () => new URL("nonsense"),
  () => require("crypto").createHash("nothing"),
  () => setTimeout("text"),
  () => require("path").join(1),
  () => new TextDecoder("nothing"),
  () => structuredClone(() => {}),
  () => require("fs").openSync("x", "bad"),
  () => require("zlib").inflateSync(Buffer.from("bad")),
  () => new (require("events"))().emit("error", new Error("emitted")),
  () => require("net").connect(70000),
  () => process.chdir(1),
  () => new AbortController().signal.throwIfAborted() ?? AbortSignal.abort().throwIfAborted(),
];
for (const attempt of attempts) {
  try {
    attempt();
    console.log("no error");
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
