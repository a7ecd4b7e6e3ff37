// Node's timers and timers/promises: https://nodejs.org/api/timers.html
(function (kit, module) {
  'use strict';
  const aborted = (signal) => Object.assign(new Error('The operation was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' });

  const later = (start, stop) => (value, signal) => new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(aborted(signal));
      return;
    }
    const timer = start(() => resolve(value));
    signal?.addEventListener('abort', () => {
      stop(timer);
      reject(aborted(signal));
    });
  });
  const promises = {
    setTimeout: (delay, value, options) => later((done) => setTimeout(done, delay), clearTimeout)(value, options?.signal),
    setImmediate: (value, options) => later(setImmediate, clearImmediate)(value, options?.signal),
    async* setInterval(delay, value) {
      for (;;) {
        await promises.setTimeout(delay);
        yield value;
      }
    },
    scheduler: { wait: (delay, options) => promises.setTimeout(delay, undefined, options), yield: () => promises.setImmediate() },
  };

  module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate, promises };
})
