const order = [];
const more = process.stdout.write("text\n", () => order.push("callback"));
order.push("after write", more);
process.stdout.write("", () => setImmediate(() => console.log(order, process.stdout.writableLength, process.stdout.writableHighWaterMark)));
console.log(process.stdout.constructor.name, process.stderr.constructor.name, process.stdout.fd, process.stderr.fd);
console.log(process.stdout._type, process.stdout.writable, process.stdout.columns, process.stdout.destroyed);
console.log(process.stdout._handle?.constructor.name, process.stdout._handle?.getAsyncId() > 0);
