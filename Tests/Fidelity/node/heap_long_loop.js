let hash = 0;
for (let i = 0; i < 3e7; i++) hash = (hash * 31 + i) | 0;
console.log(hash);
