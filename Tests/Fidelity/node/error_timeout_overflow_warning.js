const timer = setTimeout(() => console.log("fired at once"), 2 ** 31);
setTimeout(() => clearTimeout(timer), 50);
setInterval(() => {}, NaN).unref();
