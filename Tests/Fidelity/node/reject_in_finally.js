(async () => {
  try {
    throw new Error("original");
  } finally {
    await Promise.reject(new Error("from finally"));
  }
})();
