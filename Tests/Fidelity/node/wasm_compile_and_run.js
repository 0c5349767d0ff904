const bytes = Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex");
console.log(WebAssembly.validate(bytes), new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.add(2, 3));
(async () => {
  const module = await WebAssembly.compile(bytes);
  console.log(WebAssembly.Module.exports(module), WebAssembly.Module.imports(module));
  const { instance } = await WebAssembly.instantiate(bytes);
  let sum = 0;
  for (let i = 0; i < 300000; i++) sum = instance.exports.add(sum, i);
  console.log(sum, (await WebAssembly.instantiate(module)).exports.add(1, 1));
  const response = new Response(bytes, { headers: { "content-type": "application/wasm" } });
  console.log((await WebAssembly.instantiateStreaming(response)).instance.exports.add(7, 8));
  await WebAssembly.compile(Buffer.from("0061736d", "hex")).catch((error) => console.log(error.name, error.message));
})();
