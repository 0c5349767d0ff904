console.log("one");
console.log(`two
lines`.length, [..."a\
b"].length);
throw new Error("line 5");
