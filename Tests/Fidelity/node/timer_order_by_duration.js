for (const ms of [50, 10, 30, 20, 40]) setTimeout(() => console.log(ms), ms);
setTimeout(() => console.log("zero a"), 0);
setTimeout(() => console.log("zero b"), 1);
for (let i = 0; i < 3; i++) setTimeout((...args) => console.log("same", ...args), 5, i, "argument");
