const promise = Promise.reject(new Error("quick"));
process.nextTick(() => promise.catch((error) => console.log("in time:", error.message)));
