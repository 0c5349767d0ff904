const promise = Promise.reject(new Error("slow"));
setImmediate(() => promise.catch(() => console.log("never")));
