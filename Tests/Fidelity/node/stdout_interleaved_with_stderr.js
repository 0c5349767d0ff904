for (let i = 0; i < 100; i++) {
  console.log("out", i);
  if (i % 10 === 0) console.error("err", i);
}
