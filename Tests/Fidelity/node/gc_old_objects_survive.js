// Objects that grow old are moved and marked; none may be lost or changed.
const table = new Map();
for (let i = 0; i < 100000; i++) table.set("key" + i, { i, list: [i, i + 1] });
for (let round = 0; round < 20; round++) {
  const garbage = [];
  for (let i = 0; i < 20000; i++) garbage.push({ i });
  for (let i = round; i < 100000; i += 20) table.get("key" + i).list.push(round);
}
let wrong = 0;
for (let i = 0; i < 100000; i++) {
  const { list } = table.get("key" + i);
  if (list[0] !== i || list[2] !== i % 20) wrong++;
}
console.log(table.size, wrong);
