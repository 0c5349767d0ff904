// Far more is allocated than the heap can hold; little of it is kept.
let live = [];
let sum = 0;
for (let round = 0; round < 60; round++) {
  const made = Array.from({ length: 20000 }, (_, n) => ({ n, text: "x" + n }));
  live = made.filter((item) => item.n % 10 === 0);
  sum += live.length;
}
console.log(sum);
for (let i = 0; i < 200; i++) new Uint8Array(1 << 20)[i] = 1;
