for (const ms of [500, 200, 300, 250, 400]) setTimeout(() => console.log(ms), ms);
setTimeout(() => console.log("zero a"), 0);
setTimeout(() => console.log("zero b"), 1);
for (let i = 0; i < 3; i++) setTimeout((...args) => console.log("same", ...args), 5, i, "argument");
