// A writer is full until a wait ends, then drains.
const { Writable } = require("node:stream");
const cell = new Int32Array(new SharedArrayBuffer(4));
const keeper = setInterval(() => { console.log("slept through"); process.exit(1); }, 4000);
const sink = new Writable({
  highWaterMark: 4,
  write(part, encoding, done) {
    Atomics.waitAsync(cell, 0, 0, 3).value.then((how) => {
      console.log(String(part), how);
      done();
    });
  },
});
console.log(sink.write("one "), sink.write("two "));
sink.once("drain", () => {
  console.log("drain", sink.writableLength);
  sink.end("three");
});
sink.on("finish", () => console.log("finish")).on("close", () => clearInterval(keeper));
