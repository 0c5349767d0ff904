new Promise((resolve, reject) => {
  resolve("first");
  reject(new Error("ignored"));
  resolve("ignored");
}).then(console.log);
const { promise, reject } = Promise.withResolvers();
promise.catch((reason) => console.log("caught", reason));
reject("given up");
Promise.try(() => { throw new Error("sync"); }).catch((error) => console.log(error.message));
