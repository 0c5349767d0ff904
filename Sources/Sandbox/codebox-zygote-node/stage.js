// Runs in a node that has started and is about to look for its program. `require` is node's
// internal one. The code up to `serve` runs in the zygote, the code after it in a job, right before
// its program.
(function (native, process, require) {
  'use strict';
  const { internalBinding } = require('internal/bootstrap/realm');
  const { milestones } = internalBinding('performance');
  const { getLibuvNow, toggleImmediateRef } = internalBinding('timers');

  function setPid(pid) {
    Object.defineProperty(process, 'pid', { value: pid });
  }
  setPid(native.usualPid);
  // Finishes all pending work in the zygote, or each job would start with it. The event loop looks
  // for results of helper threads only while something keeps it alive.
  toggleImmediateRef(true);
  do {
    native.drainTasks();
    process._tickCallback();
  } while (native.drainEventLoop());
  // Collects what that has allocated. Otherwise some jobs would have the first collection, which
  // wakes the helper threads and takes 0.1 to 0.5 ms.
  native.collectGarbage();
  native.drainTasks();
  // Code that helper threads have compiled is installed when the next function is called.
  native.parkThreads();
  if (native.drainEventLoop()) process._tickCallback();
  toggleImmediateRef(false);

  const args = native.serve(setPid, milestones, getLibuvNow());
  if (args !== undefined) process.argv.push(...args);
})
