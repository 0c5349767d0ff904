const binding = process.binding("constants");
console.log(Object.keys(binding), binding.os.signals.SIGTERM);
try {
  process.binding("nothing");
} catch (error) {
  console.log(error.code, error.message);
}
