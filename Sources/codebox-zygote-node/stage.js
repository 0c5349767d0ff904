(function (native, process, require) {
  'use strict';
  const [args, environment] = native.serve(() => {});
  process.argv.push(...args);
})
