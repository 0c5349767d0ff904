// The first buffers of a fresh interpreter lie where they always lie.
console.log(Buffer.allocUnsafe(8).byteOffset, Buffer.from("x").byteOffset, Buffer.concat([Buffer.from("ab")]).byteOffset);
