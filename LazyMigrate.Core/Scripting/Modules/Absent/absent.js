// Modules of Node that a sandbox has not. Libraries require them at load and use them late or never: so the require works, and
// whatever is called says that it is not available.
(function (kit, module, require) {
  'use strict';
  const { notAvailable } = require('internal/errors');
  const reasons = {
    fs: 'a script has no files.', 'fs/promises': 'a script has no files.', net: 'a script reaches the network through modules like pg, mysql2 or axios.', tls: 'a script reaches the network through modules like pg, mysql2 or axios.',
    dns: 'names are resolved by the modules that connect.', 'dns/promises': 'names are resolved by the modules that connect.', dgram: 'a script reaches the network through modules like pg, mysql2 or axios.', http2: 'use https, axios or fetch.',
    child_process: 'a script starts no processes.', cluster: 'a script starts no processes.', worker_threads: 'a script has one thread.', vm: 'a script runs in one context.', v8: 'the engine is not a script\'s matter.',
    readline: 'nobody types.', tty: 'there is no terminal.', repl: 'nobody types.', inspector: 'the engine is not a script\'s matter.', async_hooks: 'contexts are not tracked.', diagnostics_channel: 'nothing listens.',
  };
  // What libraries read or call while they load.
  const harmless = {
    fs: { constants: {}, existsSync: () => false, promises: undefined },
    net: { isIP: (text) => (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256) ? 4 : /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) ? 6 : 0) },
    tls: { DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3', rootCertificates: [] },
    worker_threads: { isMainThread: true, parentPort: null, workerData: null, threadId: 0 },
    tty: { isatty: () => false },
    cluster: { isMaster: true, isPrimary: true, isWorker: false },
    diagnostics_channel: { channel: () => ({ hasSubscribers: false, publish() {}, subscribe() {}, unsubscribe() {} }), subscribe() {}, unsubscribe() {}, hasSubscribers: () => false },
    async_hooks: {
      AsyncResource: class AsyncResource { runInAsyncScope(action, self, ...args) { return Reflect.apply(action, self, args); } emitDestroy() { return this; } static bind(action) { return action; } bind(action) { return action; } },
      AsyncLocalStorage: class AsyncLocalStorage {
        #store;
        run(store, action, ...args) { [this.#store, store] = [store, this.#store]; try { return action(...args); } finally { this.#store = store; } }
        getStore() { return this.#store; }
        enterWith(store) { this.#store = store; }
        exit(action, ...args) { return this.run(undefined, action, ...args); }
        disable() {}
      },
    },
  };
  const passing = new Set(['then', 'toJSON', 'default', '__esModule', 'prototype', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'inspect', 'length', 'name']);

  /** Whatever is read from it can be called, extended or read further, and says so only when it is called or made. */
  function absent(path, reason, known = {}) {
    const fail = () => { throw notAvailable(path, reason); };
    return new Proxy(function unavailable() {}, {
      get(target, name) {
        if (Object.hasOwn(known, name)) return known[name];
        if (typeof name === 'symbol' || passing.has(name)) return target[name];
        return known[name] = absent(`${path}.${name}`, reason);
      },
      has: (target, name) => typeof name === 'string',
      set(target, name, value) {
        known[name] = value;
        return true;
      },
      apply: fail,
      construct: fail,
    });
  }

  const made = new Map();
  module.exports.$ = (name) => {
    if (!made.has(name)) {
      const value = absent(name, reasons[name], { ...harmless[name] });
      if (name === 'net') Object.assign(value, { isIPv4: (text) => value.isIP(text) === 4, isIPv6: (text) => value.isIP(text) === 6 });
      if (name === 'fs') value.promises = absent('fs.promises', reasons.fs);
      made.set(name, value);
    }
    return made.get(name);
  };
})
