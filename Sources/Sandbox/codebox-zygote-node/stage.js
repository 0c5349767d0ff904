// Runs in a node that has started and is about to look for its program. `require` is node's
// internal one. The code up to `serve` runs in the zygote, the code after it in a job, right before
// its program.
(function (native, process, require) {
  'use strict';
  const { internalBinding } = require('internal/bootstrap/realm');
  const { milestones } = internalBinding('performance');
  const { getLibuvNow, toggleImmediateRef } = internalBinding('timers');
  const { Module } = require('internal/modules/cjs/loader');
  const path = require('path');

  function setPid(pid) {
    Object.defineProperty(process, 'pid', { value: pid });
  }
  setPid(native.usualPid);

  // Has the event loop handle all events. It looks for results of helper threads only while
  // something keeps it alive, and what it calls may undo that.
  function drainEventLoop() {
    let turn = 0;
    do toggleImmediateRef(true);
    while (native.drainEventLoop(turn++));
    toggleImmediateRef(false);
    return turn > 1;
  }

  // Finishes all pending work in the zygote, or each job would start with it. Code that helper
  // threads have compiled is installed when the next function is called, which may give them work
  // again. Bounded: work that never ends is left over, and then `serve` gives up.
  function settle() {
    const mostRounds = 200;
    for (let round = 0; round < mostRounds; round++) {
      native.drainTasks();
      process._tickCallback();
      const hadEvents = drainEventLoop();
      process._tickCallback();
      const hadWork = native.parkThreads();
      if (!hadEvents && !hadWork) break;
    }
  }

  // Leaves the zygote as a program shall find it. Without a collection some jobs would have the
  // first one, which wakes the helper threads and takes 0.1 to 0.5 ms.
  function rest() {
    settle();
    native.collectGarbage();
    settle();
  }

  // Has node run another program than its command names. Node has resolved that name already and
  // passes it to Module.runMain, so the next look at runMain returns a function that ignores it.
  // Being bound, that function shows in no stack.
  function redirectMain(entry) {
    const original = Object.getOwnPropertyDescriptor(Module, 'runMain');
    const { configurable, enumerable, value: runMain } = original;
    Object.defineProperty(Module, 'runMain', {
      configurable,
      enumerable,
      get() {
        Object.defineProperty(Module, 'runMain', original);
        return runMain.bind(Module, entry);
      },
    });
  }

  function replaceArguments([name, ...args]) {
    const entry = path.resolve(name);
    if (entry !== process.argv[1]) redirectMain(entry);
    process.argv.splice(1, Infinity, entry, ...args);
  }

  const { TZ, HOME, NODE_PATH } = process.env;

  // Renews what node has taken from variables at its start.
  function renewVariables() {
    const now = process.env;
    // An assignment has V8 look at the variable again.
    if (now.TZ !== TZ) now.TZ = now.TZ;
    if (now.HOME !== HOME || now.NODE_PATH !== NODE_PATH) Module._initPaths();
  }

  const positionalCount = process.argv.length - 1;
  let args;
  do {
    rest();
    args = native.serve(setPid, milestones, getLibuvNow(), positionalCount);
    // V8 has a helper thread compile a function once that has run often enough. If this happens in
    // a small program, it happens in every one, since each starts from here. Here it can happen
    // once for all.
    if (args === null) native.warmAgain();
  } while (args === null);
  if (args !== undefined) replaceArguments(args);
  if (native.hasOtherVariables()) renewVariables();
})
