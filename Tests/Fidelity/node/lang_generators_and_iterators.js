function* numbers() { const got = yield 1; console.log("got", got); try { yield 2; } finally { console.log("closed"); } }
const it = numbers();
console.log(it.next(), it.next("sent"), it.return("early"), it.next());
console.log([1, 2, 3, 4].values().filter((n) => n % 2).map((n) => n * 2).toArray(), Iterator.from({ next: () => ({ done: true }) }).toArray());
(async () => {
  async function* ticks() { for (let i = 0; i < 3; i++) { await null; yield i; } }
  for await (const i of ticks()) console.log(i);
  console.log(await Array.fromAsync(ticks()), Object.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")));
})();
