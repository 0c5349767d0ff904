for (const name of ["exit", "beforeExit", "uncaughtException", "unhandledRejection", "warning", "newListener", "SIGINT", "SIGTERM", "SIGCHLD", "message"])
  console.log(name, process.listenerCount(name), process.listeners(name).map((f) => f.name));
console.log(process.getMaxListeners());
