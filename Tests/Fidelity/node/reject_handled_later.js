const promise = Promise.reject(new Error("late"));
process.on("unhandledRejection", (reason, which) => {
  console.log("unhandled", reason.message, which === promise);
  setTimeout(() => promise.catch((error) => console.log("caught", error.message)), 1);
});
process.on("rejectionHandled", (which) => console.log("handled", which === promise));
