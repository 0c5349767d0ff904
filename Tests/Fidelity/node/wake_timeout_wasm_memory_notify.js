// The notify is an instruction of a module, in shared memory that JavaScript waits on.
const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const cell = new Int32Array(memory.buffer);
const bytes = Buffer.from("0061736d01000000010501" + "60" + "00017f" + "020901016501" + "6d02030101" + "03020100" + "0708010477616b650000" + "0a0c010a00410041" + "01fe0002000b", "hex");
const late = setTimeout(() => console.log("slept through"), 4000);
WebAssembly.instantiate(bytes, { e: { m: memory } }).then(({ instance }) => {
  Atomics.waitAsync(cell, 0, 0).value.then((how) => {
    console.log(how);
    clearTimeout(late);
  });
  console.log(instance.exports.wake(), instance.exports.wake());
});
