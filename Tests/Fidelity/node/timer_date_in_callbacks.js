const begun = Date.now();
console.log(new Date().getFullYear() >= 2024, begun > 1.7e12, new Date() - begun < 1000);
let last = begun;
const timer = setInterval(() => {
  const now = Date.now();
  if (now < last) console.log("clock went back");
  last = now;
  if (now - begun > 60) { clearInterval(timer); console.log("advanced"); }
}, 5);
