// Node's EventEmitter: https://nodejs.org/api/events.html. A function, because old code calls EventEmitter.call(this).
(function (kit, module, require) {
  'use strict';
  const { coded, invalidType } = require('internal/errors');
  const errorMonitor = Symbol('events.errorMonitor');
  const captureRejectionSymbol = Symbol.for('nodejs.rejection');
  const hidden = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  function EventEmitter(options) {
    EventEmitter.init.call(this, options);
  }
  EventEmitter.init = function init(options) {
    if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) hidden(this, '_events', Object.create(null));
    if (options?.captureRejections) hidden(this, '_captures', true);
  };

  const checked = (listener) => {
    if (typeof listener !== 'function') throw invalidType('listener', 'of type function', listener);
  };
  /** The table of an emitter, also of one whose constructor never called ours. */
  function tableOf(emitter) {
    if (!Object.hasOwn(emitter, '_events') || !emitter._events) hidden(emitter, '_events', Object.create(null));
    return emitter._events;
  }

  function add(emitter, event, listener, first) {
    checked(listener);
    const table = tableOf(emitter);
    if (table.newListener !== undefined) emitter.emit('newListener', event, listener.listener ?? listener);
    const list = table[event] ?? [];
    table[event] = first ? [listener, ...list] : [...list, listener];
    return emitter;
  }

  function onceWrapper(emitter, event, listener) {
    checked(listener);
    const wrapper = function (...args) {
      emitter.removeListener(event, wrapper);
      return listener.apply(emitter, args);
    };
    wrapper.listener = listener;
    return wrapper;
  }

  const methods = {
    on(event, listener) { return add(this, event, listener, false); },
    prependListener(event, listener) { return add(this, event, listener, true); },
    once(event, listener) { return this.on(event, onceWrapper(this, event, listener)); },
    prependOnceListener(event, listener) { return add(this, event, onceWrapper(this, event, listener), true); },

    removeListener(event, listener) {
      checked(listener);
      const table = tableOf(this);
      const list = table[event];
      const at = list ? list.findLastIndex((each) => each === listener || each.listener === listener) : -1;
      if (at < 0) return this;
      if (list.length === 1) delete table[event];
      else table[event] = list.toSpliced(at, 1);
      if (table.removeListener !== undefined) this.emit('removeListener', event, list[at].listener ?? list[at]);
      return this;
    },

    removeAllListeners(event) {
      const table = tableOf(this);
      if (event === undefined) this._events = Object.create(null);
      else delete table[event];
      return this;
    },

    /** Calls the listeners; an error that nobody listens for is thrown. */
    emit(event, ...args) {
      const table = tableOf(this);
      if (event === 'error' && table[errorMonitor]) this.emit(errorMonitor, ...args);
      const list = table[event];
      if (!list) {
        if (event !== 'error') return false;
        if (args[0] instanceof Error) throw args[0];
        throw coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${typeof args[0] === 'string' ? kit.inspect(args[0]) : kit.inspect(args[0])})`, { context: args[0] });
      }
      for (const listener of list) {
        const result = listener.apply(this, args);
        if (this._captures && typeof result?.then === 'function') {
          result.then(undefined, (error) => process.nextTick(() => (typeof this[captureRejectionSymbol] === 'function' ? this[captureRejectionSymbol](error, event, ...args) : this.emit('error', error))));
        }
      }
      return true;
    },

    listenerCount(event, listener) {
      const list = tableOf(this)[event] ?? [];
      return listener ? list.filter((each) => each === listener || each.listener === listener).length : list.length;
    },
    listeners(event) { return (tableOf(this)[event] ?? []).map((each) => each.listener ?? each); },
    rawListeners(event) { return [...tableOf(this)[event] ?? []]; },
    eventNames() { return Reflect.ownKeys(tableOf(this)); },
    setMaxListeners(count) {
      hidden(this, '_maxListeners', count);
      return this;
    },
    getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; },
  };
  methods.addListener = methods.on;
  methods.off = methods.removeListener;
  Object.assign(EventEmitter.prototype, methods);
  hidden(EventEmitter.prototype, '_events', undefined);

  function once(emitter, event, options) {
    return new Promise((resolve, reject) => {
      if (options?.signal?.aborted) {
        reject(Object.assign(new Error('The operation was aborted', { cause: options.signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' }));
        return;
      }
      if (typeof emitter.addEventListener === 'function') {
        emitter.addEventListener(event, (...args) => resolve(args), { once: true });
        return;
      }
      const fail = (error) => {
        emitter.removeListener(event, done);
        reject(error);
      };
      const done = (...args) => {
        emitter.removeListener('error', fail);
        resolve(args);
      };
      emitter.once(event, done);
      if (event !== 'error') emitter.once('error', fail);
    });
  }

  /** An async iterator of an event's arguments. */
  function on(emitter, event) {
    const ready = [];
    const waiting = [];
    let failure;
    const push = (...args) => (waiting.length ? waiting.shift().resolve({ value: args, done: false }) : ready.push(args));
    const fail = (error) => (waiting.length ? waiting.shift().reject(error) : failure = error);
    emitter.on(event, push);
    emitter.on('error', fail);
    return {
      next() {
        if (ready.length) return Promise.resolve({ value: ready.shift(), done: false });
        if (failure) return Promise.reject(failure);
        return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
      },
      return() {
        emitter.removeListener(event, push);
        emitter.removeListener('error', fail);
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  module.exports = Object.assign(EventEmitter, {
    EventEmitter,
    once,
    on,
    errorMonitor,
    captureRejectionSymbol,
    captureRejections: false,
    defaultMaxListeners: 10,
    usingDomains: false,
    listenerCount: (emitter, event) => emitter.listenerCount(event),
    getEventListeners: (emitter, event) => emitter.listeners(event),
    setMaxListeners() {},
    getMaxListeners: (emitter) => emitter.getMaxListeners(),
  });
})
