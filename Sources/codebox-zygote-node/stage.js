// Runs in a node that has started and is about to look for its program. `require` is its internal
// one. What runs up to `serve` is the zygote's; what follows is a job's, right before its program.
(function (native, process, require) {
  'use strict';
  const { internalBinding } = require('internal/bootstrap/realm');
  const { milestones } = internalBinding('performance');
  const { getLibuvNow } = internalBinding('timers');

  function setPid(pid) {
    Object.defineProperty(process, 'pid', { value: pid });
  }
  // Code that helper threads have compiled is taken over when the next function is called.
  native.parkThreads();
  setPid(native.usualPid);

  const args = native.serve(setPid, milestones, getLibuvNow());
  if (args !== undefined) process.argv.push(...args);
})
