console.log(process.hasUncaughtExceptionCaptureCallback());
process.setUncaughtExceptionCaptureCallback((error) => console.log("captured", error.message));
setTimeout(() => {
  process.setUncaughtExceptionCaptureCallback(null);
  throw new Error("not captured");
}, 5);
throw new Error("captured");
