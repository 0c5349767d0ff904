for (const name of Object.getOwnPropertyNames(globalThis).sort()) {
  const d = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, "value" in d ? typeof d.value : `get:${typeof d.get} set:${typeof d.set}`, d.writable, d.enumerable, d.configurable);
}
