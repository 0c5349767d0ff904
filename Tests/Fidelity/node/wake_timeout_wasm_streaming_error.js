// The stream fails in the middle of a module, or ends too early.
const late = setTimeout(() => console.log("slept through"), 4000);
const head = Buffer.from("0061736d0100000001070160", "hex");
const headers = { "content-type": "application/wasm" };
const stream = (ending) => new Response(new ReadableStream({
  pull(controller) {
    controller.enqueue(new Uint8Array(head));
    ending(controller);
  },
}), { headers });
(async () => {
  await WebAssembly.compileStreaming(stream((c) => c.error(new RangeError("torn")))).catch((e) => console.log(e.name, e.message));
  await WebAssembly.compileStreaming(stream((c) => c.close())).catch((e) => console.log(e.name));
  await WebAssembly.compileStreaming(Promise.reject(new Error("no response"))).catch((e) => console.log(e.message));
  clearTimeout(late);
})();
