// Nothing else is there: neither a timer nor a handle.
process.on("exit", (code) => console.log("exit", code));
const { instance } = await WebAssembly.instantiate(Buffer.from("0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b", "hex"));
console.log(instance.exports.add(1, 1));
const again = await WebAssembly.compile(Buffer.from("0061736d01000000", "hex"));
console.log(again instanceof WebAssembly.Module);
export default instance;
