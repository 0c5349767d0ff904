process.on("unhandledRejection", (reason) => console.log(reason));
for (let i = 0; i < 5; i++) Promise.reject(i);
Promise.all([Promise.reject("a"), Promise.reject("b")]);
Promise.allSettled([Promise.reject("c")]).then((all) => console.log(all));
