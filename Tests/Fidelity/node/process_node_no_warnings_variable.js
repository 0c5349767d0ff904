process.emitWarning("not seen");
console.log(process.env.NODE_NO_WARNINGS);
