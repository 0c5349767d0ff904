// Web streams keep nothing alive; an interval does, while each pull awaits a compilation.
const keeper = setInterval(() => {}, 1000);
let number = 0;
const stream = new ReadableStream({
  async pull(controller) {
    const compiled = await WebAssembly.compile(Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 0, 3, 1, 110, ++number]));
    controller.enqueue(new Uint8Array(WebAssembly.Module.customSections(compiled, "n")[0])[0]);
    if (number === 4) controller.close();
  },
}).pipeThrough(new TransformStream({ transform: (n, controller) => controller.enqueue(n * n) }));
(async () => {
  for await (const square of stream) console.log(square);
  clearInterval(keeper);
})();
