for (const [pid, signal] of [[999999, 0], [process.pid, 0], [1, "SIGTERM"], [process.pid, "SIGNOPE"], ["x", 0]]) {
  try {
    console.log(pid, process.kill(pid, signal));
  } catch (error) {
    console.log(pid, error.code, error.message);
  }
}
