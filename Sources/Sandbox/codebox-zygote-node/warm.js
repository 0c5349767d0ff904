// Runs through what programs commonly do first, so that this code is compiled and in memory when
// they run. No client's program ever runs here, and all that one could notice is undone.
(function (native, process, require) {
  'use strict';
  const loadedModules = process.moduleLoadList.length;
  const { internalBinding, BuiltinModule } = require('internal/bootstrap/realm');
  const { setFlagsFromString } = internalBinding('v8');
  const { async_id_fields: asyncIds, constants: asyncConstants } = internalBinding('async_wrap');
  const { resetStdioForTesting: forgetStreams } = internalBinding('process_methods');
  const { Module } = require('internal/modules/cjs/loader');
  const console = require('internal/console/global');
  const { Buffer } = require('buffer');

  // Node caches that a folder has no package.json. No job can make one in this folder.
  const folder = '/var/';

  const files = {
    'hello.js': `console.log('hello', 1);\n`,
    'common.js': `
      const fs = require('fs'), path = require('node:path'), util = require('util');
      const { EventEmitter } = require('events');
      const own = require('./own');
      class Shape {
        #sides = 4;
        constructor(name) { this.name = name; }
        get sides() { return this.#sides; }
      }
      console.log(new Shape('square'), [1, 2.5, 'three', null, undefined, true], { a: { b: {} } });
      console.log('%s is %d and %o', 'text', 42, [own], new Map([[1, { a: 2 }]]), new Set(['x']));
      console.error(util.inspect(new Error('shown'), { depth: 1 }), path.join(__dirname, 'x'));
      console.table([{ a: 1, b: 2 }]);
      const emitter = new EventEmitter();
      emitter.on('event', (value) => value);
      emitter.emit('event', 1);
      try { null.property; } catch (error) { String(error.stack); }
      try { JSON.parse('{'); } catch (error) { String(error.message); }
      JSON.parse(JSON.stringify({ list: [1, 2, 3], text: 'é' }));
      /^/.exec('');
      'a,b;c'.split(/[,;]/).map((part) => part.toUpperCase()).join('-').replace(/a/gi, 'b');
      for (const [key, value] of Object.entries({ a: 1, b: 2 })) key + value;
      [3, 1, 2].sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);
      process.stdout.write(Buffer.from('text').toString('base64') + '\\n');
      setTimeout((value) => value, 0, 1);
      setImmediate(() => {});
      process.nextTick(() => {});
      queueMicrotask(() => {});
      (async () => { await null; await new Promise((resolve) => setTimeout(resolve, 1)); })();
      process.once('exit', () => {}).removeAllListeners('exit');
      new Date(0).toISOString();
      (12345.678).toFixed(2);
      fs.existsSync(__filename) && fs.readFileSync(__filename, 'utf8');
      fs.writeFileSync('/dev/null', 'text');
      fs.readdirSync('/');
      new URL('http://localhost/path?query=1').searchParams.get('query');
      new TextDecoder().decode(new TextEncoder().encode('text'));
      structuredClone({ a: [1] });
    `,
    'own.js': `exports.value = 1; module.exports = function own() {};\n`,
    'module.mjs': `
      import { readFileSync } from 'node:fs';
      import { value } from './part.mjs';
      import own from './own.js';
      const { default: path } = await import('node:path');
      console.log(value, typeof own, path.basename(import.meta.url), import.meta.dirname);
      console.log(typeof readFileSync);
    `,
    'part.mjs': `export const value = await Promise.resolve(1);\nexport default class {}\n`,
    'detected.js': `import os from 'node:os';\nconsole.log(typeof os.cpus);\n`,
  };

  const typed = `
    interface Named<T> { name: string; value?: T }
    type Pair<A, B = A> = readonly [A, B];
    class Shape<T extends object> implements Named<T> {
      private name: string = 'square';
      method<U>(this: Shape<T>, first: U, ...rest: string[]): Pair<U, string> {
        return [first as U, rest[0]!] satisfies Pair<U, string>;
      }
    }
    const shapes: Map<string, Shape<object>> = new Map<string, Shape<object>>();
  `;

  // V8 drops a shape, and what inline caches know of it, with the last object of that shape.
  const kept = [];

  // Modules that take a millisecond or more to load and leave no trace.
  const builtins = [
    'assert', 'child_process', 'crypto', 'http', 'perf_hooks', 'readline', 'readline/promises',
    'timers/promises', 'vm', 'zlib',
  ];

  // Runs the event loop until nothing is pending.
  function settle() {
    for (let turn = 0; turn < 40; turn++) {
      process._tickCallback();
      if (!native.turnEventLoop()) break;
    }
    process._tickCallback();
  }

  function run(name) {
    Module.runMain(folder + name);
    settle();
    kept.push(...Object.values(Module._cache));
    delete process.mainModule;
    for (const key of Object.keys(Module._cache)) delete Module._cache[key];
    for (const key of Object.keys(Module._pathCache)) delete Module._pathCache[key];
  }

  // Runs the action with pipes as standard streams, as in a job.
  function withStreams(action) {
    native.borrowStreams();
    try {
      action();
      kept.push(process.stdout, process.stderr);
      for (const stream of [process.stdout, process.stderr]) {
        // The stream's own _destroy does nothing.
        delete stream._destroy;
        stream.destroy();
      }
      settle();
    } finally {
      forgetStreams();
      console._stdout = console._stderr = undefined;
      native.returnStreams();
    }
  }

  function runPrograms() {
    for (const [name, text] of Object.entries(files)) native.pretendFile(folder + name, text);
    for (const name of ['hello.js', 'common.js', 'module.mjs', 'detected.js'])
      for (let time = 0; time < 10; time++) withStreams(() => run(name));
  }

  function load(id) {
    BuiltinModule.map.get(id).compileForPublicLoader();
  }

  // Loads the compiler of Node's own that removes types, and has it run.
  function removeTypes() {
    const { stripTypeScriptModuleTypes } = require('internal/modules/typescript');
    for (let time = 0; time < 10; time++) stripTypeScriptModuleTypes(typed, folder + 'main.ts');
    settle();
  }

  // Node loads this module when a program first prints, and the module uses process.stderr when it
  // is loaded, which makes that stream. Here it does so when its exports are first used.
  function postponeLoading(id) {
    const exports = require(id);
    const original = Object.getOwnPropertyDescriptors(exports);
    const postponed = {};
    for (const name of Object.keys(original))
      postponed[name] = {
        configurable: true,
        get: (function () {
          Object.defineProperties(exports, original);
          exports.refresh();
          return exports[name];
        }),
      };
    Object.defineProperties(exports, postponed);
  }

  // Makes the next small buffer the first of a pool, as in a new process.
  function beginBufferPool() {
    for (let last; last === undefined || last.byteOffset + 8 < Buffer.poolSize;)
      last = Buffer.allocUnsafe(8);
    Buffer.from('!!!!', 'base64');
  }

  // Restored, since a program could see it.
  const nextAsyncId = asyncIds[asyncConstants.kAsyncIdCounter];
  function hideTraces() {
    beginBufferPool();
    process.moduleLoadList.length = loadedModules;
    asyncIds[asyncConstants.kAsyncIdCounter] = nextAsyncId;
  }

  // For stage.js: runs a small program once more.
  native.warmAgain = () => {
    withStreams(() => run('hello.js'));
    hideTraces();
  };

  // A collection may drop compiled code that was not used for a while, and set a timer for the
  // next.
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--no-incremental-marking');
  // Comes first, because it shows which other modules are loaded.
  load('constants');
  runPrograms();
  builtins.forEach(load);
  if (native.warmsTypeScript) removeTypes();
  postponeLoading('internal/util/colors');
  native.collectGarbage();
  setFlagsFromString('--flush-bytecode');
  setFlagsFromString('--incremental-marking');
  hideTraces();
  return kept;
})
