const { Readable } = require("node:stream");
const { text } = require("node:stream/consumers");
(async () => {
  const web = Readable.toWeb(process.stdin).pipeThrough(new TextDecoderStream());
  console.log((await text(web)).split("").reverse().join(""));
})();
