// Runs in a node that has started and is about to look for its program. `require` is its internal
// one. What runs up to `serve` is the zygote's; what follows is a job's, right before its program.
(function (native, process, require) {
  'use strict';
  const { internalBinding } = require('internal/bootstrap/realm');
  const { milestones } = internalBinding('performance');
  const { getLibuvNow, toggleImmediateRef } = internalBinding('timers');

  function setPid(pid) {
    Object.defineProperty(process, 'pid', { value: pid });
  }
  setPid(native.usualPid);
  // What is under way is the zygote's business, not the first of a job's. The event loop looks for
  // what helper threads have left for it only while something keeps it alive.
  toggleImmediateRef(true);
  do {
    native.drainTasks();
    process._tickCallback();
  } while (native.drainEventLoop());
  // What that has allocated would bring the first collection into some job, which then wakes the
  // helper threads: 0.1 to 0.5 ms.
  native.collectGarbage();
  native.drainTasks();
  // Code that they have compiled is taken over when the next function is called.
  native.parkThreads();
  if (native.drainEventLoop()) process._tickCallback();
  toggleImmediateRef(false);

  const args = native.serve(setPid, milestones, getLibuvNow());
  if (args !== undefined) process.argv.push(...args);
})
