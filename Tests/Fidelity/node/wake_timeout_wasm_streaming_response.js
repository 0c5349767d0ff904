// The bytes come through a web stream, so the stream's turns and the compiler's alternate.
const late = setTimeout(() => console.log("slept through"), 4000);
const source = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
const response = (type) => new Response(new ReadableStream({
  start(controller) {
    for (let at = 0; at < source.length; at += 7) controller.enqueue(new Uint8Array(source.subarray(at, at + 7)));
    controller.close();
  },
}), { headers: { "content-type": type } });
(async () => {
  const compiled = await WebAssembly.compileStreaming(response("application/wasm"));
  console.log(WebAssembly.Module.exports(compiled));
  const { instance } = await WebAssembly.instantiateStreaming(response("application/wasm"));
  console.log(instance.exports.add(3, 4));
  await WebAssembly.compileStreaming(response("text/plain")).catch((error) => console.log(error.name, error.code));
  clearTimeout(late);
})();
