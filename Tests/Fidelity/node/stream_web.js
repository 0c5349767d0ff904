(async () => {
  const source = new ReadableStream({ start(c) { for (const n of [1, 2, 3]) c.enqueue(n); c.close(); } });
  const [left, right] = source.tee();
  const seen = [];
  for await (const n of left.pipeThrough(new TransformStream({ transform(n, c) { c.enqueue(n * 2); } }))) seen.push(n);
  console.log(seen, await Array.fromAsync(right));
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  writer.write("queued");
  writer.close();
  console.log((await readable.getReader().read()).value, new CountQueuingStrategy({ highWaterMark: 3 }).highWaterMark);
  await new WritableStream({ write() { throw new Error("refused"); } }).getWriter().write(1).catch((e) => console.log(e.message));
  const bytes = new ReadableStream({ type: "bytes", pull(c) { c.enqueue(new Uint8Array([1, 2])); c.close(); } });
  console.log((await bytes.getReader({ mode: "byob" }).read(new Uint8Array(4))).value);
  console.log(await new Response(new Blob(["body"]).stream()).text(), await new Request("http://x/", { method: "POST", body: "b" }).text(), new Headers({ A: "1" }).get("a"));
})();
