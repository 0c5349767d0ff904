async function inner() {
  await null;
  throw new Error("never caught");
}
inner();
setTimeout(() => console.log("never"), 1000);
