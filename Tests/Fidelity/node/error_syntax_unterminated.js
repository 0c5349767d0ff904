function f() {
  return `template ${1 +
